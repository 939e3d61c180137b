// Has axe-core look at the page. What it finds is written into `found` as soon as it is done.
self.found = "";
axe.run(document, {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
  resultTypes: ["violations"], iframes: false, preload: false,
}).then(({ violations }) => {
  const path = (target) => [target[0]].flat().join(" ");
  self.found = JSON.stringify(violations.map(({ id, nodes }) => (
    { rule: id, target: path(nodes[0].target), markup: nodes[0].html.slice(0, 120), count: nodes.length }
  )));
}, () => { self.found = "null"; });
"begun"
