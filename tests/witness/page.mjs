// Opens a dossier in Chromium as its readers do, and prints what happened as JSON.
//   node page.mjs PAGE [NAME]     NAME: a submission to open; with SHOTS=PREFIX pictures are left beside; with AXE=no axe,
//                                 which takes minutes over thousands of lines, is left out
import fs from "node:fs";
import { chromium } from "playwright-core";

const [page, name] = process.argv.slice(2);
const shots = process.env.SHOTS;
const axe = fs.readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const told = { errors: [], requests: [], dialogs: 0, violations: [], milliseconds: {} };
const looks = {
  desktop: { viewport: { width: 1200, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
  dark: { viewport: { width: 1200, height: 900 }, colorScheme: "dark" },
};
for (const [look, options] of Object.entries(looks)) {
  // The page lets no script in but its own; axe is one.
  for (const bypassCSP of process.env.AXE === "no" ? [false] : [false, true]) {
    const context = await browser.newContext({ ...options, bypassCSP });
    const tab = await context.newPage();
    tab.on("pageerror", (error) => told.errors.push(String(error)));
    tab.on("console", (message) => message.type() === "error" && told.errors.push(message.text()));
    tab.on("request", (request) => request.url().startsWith("data:") || told.requests.push(request.url()));
    tab.on("dialog", (dialog) => { told.dialogs += 1; dialog.dismiss(); });
    const begun = performance.now();
    await tab.goto("file://" + page);
    await tab.locator("main ul.list > li").first().waitFor();
    if (!bypassCSP) told.milliseconds[look] = Math.round(performance.now() - begun);
    if (name) await tab.locator("summary", { hasText: name }).first().click();
    if (bypassCSP) {
      await tab.evaluate(axe);
      const { violations } = await tab.evaluate(() => axe.run());
      told.violations.push(...violations.map(({ id, nodes }) => `${look}: ${id}: ${nodes[0].html.slice(0, 200)}`));
    } else if (shots) {
      await tab.screenshot({ path: `${shots}-${look}.png`, fullPage: look !== "phone" });
      if (look === "desktop") await tab.pdf({ path: `${shots}.pdf`, format: "A4" });
    }
    if (look === "desktop" && !bypassCSP) {
      told.elements = await tab.evaluate(() => Object.fromEntries(["script", "img", "iframe", "a", "b", "form"].map((tag) => [tag, document.querySelectorAll(tag).length])));
      told.text = await tab.locator("main").innerText();
      told.languages = {};
      for (const language of ["kk", "ru", "en"]) {
        await tab.locator(`button[lang=${language}]`).click();
        told.languages[language] = await tab.locator("h1").innerText();
      }
      // With the keyboard alone: to the search, a word, the first line that is left, open it.
      await tab.locator("#f-text").focus();
      await tab.keyboard.type("скрипт");
      const before = performance.now();
      told.status = await tab.locator("[role=status]").innerText();
      await tab.evaluate(() => new Promise(requestAnimationFrame));
      told.milliseconds.filter = Math.round(performance.now() - before);
      told.shown = await tab.locator("main ul.list").first().locator("> li:visible").count();
      await tab.locator("main ul.list > li:visible > details > summary").first().focus();
      await tab.keyboard.press("Enter");
      // A browser tells a page that something was opened when it comes to it.
      await tab.locator("main ul.list > li:visible .inside").first().waitFor({ timeout: 10000 }).catch(() => {});
      told.opened = await tab.locator("main ul.list").first().locator("> li:visible .inside").count();
      // What a jury fills in comes back when the page is opened again.
      await tab.locator("#f-text").fill("");
      const [saved] = await Promise.all([tab.waitForEvent("download"), tab.getByRole("button", { name: "Save answers" }).click()]);
      told.saved = JSON.parse(fs.readFileSync(await saved.path(), "utf8")).report?.tekser;
    }
    await context.close();
  }
}
await browser.close();
told.requests = told.requests.filter((url) => url !== "file://" + page && url !== encodeURI("file://" + page) && !url.startsWith("blob:"));
console.log(JSON.stringify(told));
