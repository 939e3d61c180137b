// What is to be seen in the window: whether the page has come to rest, its title and language, the smallest text, and what
// somebody would try: buttons, links inside the app, fields, canvases.
(() => {
  const MOST = 80;
  const targets = [];
  let smallest = null;
  const selector = (element) => {
    const parts = [];
    for (let node = element; node && node.nodeType === 1; node = node.parentElement) {
      if (node.id && /^[A-Za-z][\w-]*$/.test(node.id)) { parts.unshift(`#${node.id}`); break; }
      let number = 1;
      for (let other = node.previousElementSibling; other; other = other.previousElementSibling) if (other.localName === node.localName) number += 1;
      parts.unshift(`${node.localName}:nth-of-type(${number})`);
    }
    return parts.join(">");
  };
  const label = (element) => (element.getAttribute("aria-label") || element.innerText || element.value || element.title || element.alt || "").trim().replace(/\s+/g, " ").slice(0, 60);
  const visit = (root, left, above, frame) => {
    const view = root.defaultView;
    for (const element of root.body?.querySelectorAll("*") ?? []) {
      const name = element.localName;
      const box = element.getBoundingClientRect();
      if (box.width < 4 || box.height < 4 || box.bottom < 0 || box.right < 0 || box.top > view.innerHeight || box.left > view.innerWidth) continue;
      if (name === "iframe" || name === "frame") {
        try { if (element.contentDocument) visit(element.contentDocument, left + box.left, above + box.top, `${frame}${selector(element)} `); } catch { /* Another origin's. */ }
        continue;
      }
      const style = view.getComputedStyle(element);
      if (style.visibility !== "visible" || style.opacity === "0") continue;
      if ([...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) {
        const size = parseFloat(style.fontSize);
        if (size > 0 && (smallest === null || size < smallest)) smallest = size;
      }
      if (targets.length >= MOST) continue;
      // Links and pictures can be dragged by themselves, and that is of no use to anybody.
      const draggable = element.getAttribute("draggable") === "true";
      const field = /^(input|textarea|select)$/.test(name);
      const plain = /^(button|summary|canvas|video|audio|area)$/.test(name) || (name === "a" && element.href) || field
        || /^(button|link|tab|option|menuitem|checkbox|radio|switch|slider)$/.test(element.getAttribute("role") ?? "") || element.hasAttribute("onclick") || draggable;
      // Where only the pointer shows that something can be clicked, the outermost element with that pointer is it.
      const shown = style.cursor === "pointer" && element.parentElement && view.getComputedStyle(element.parentElement).cursor !== "pointer";
      if (!plain && !shown) continue;
      if (element.disabled || element.type === "file" || element.type === "hidden") continue;
      // Links that lead out of the app or hand the page to another program are no part of it.
      if (name === "a" && element.href && (element.origin !== location.origin || element.hasAttribute("download"))) continue;
      const x = Math.max(0, Math.min(view.innerWidth - 1, (Math.max(box.left, 0) + Math.min(box.right, view.innerWidth)) / 2));
      const y = Math.max(0, Math.min(view.innerHeight - 1, (Math.max(box.top, 0) + Math.min(box.bottom, view.innerHeight)) / 2));
      const hit = root.elementFromPoint(x, y);
      if (!hit || !(element.contains(hit) || hit.contains(element))) continue;
      const typed = name === "textarea" || (name === "input" && /^(text|search|number|email|tel|url|password|)$/.test(element.type)) || element.isContentEditable;
      targets.push({ target: frame + selector(element), label: label(element), x: Math.round(left + x), y: Math.round(above + y),
        kind: typed ? "field" : name === "canvas" || draggable || element.type === "range" ? "drag" : "click" });
    }
  };
  visit(document, 0, 0, "");
  return JSON.stringify({
    state: document.readyState, origin: location.origin, title: document.title, language: document.documentElement?.lang ?? "",
    elements: document.getElementsByTagName("*").length, text: (document.body?.innerText ?? "").trim().length > 0, smallest, targets, width: innerWidth, height: innerHeight,
  });
})()
