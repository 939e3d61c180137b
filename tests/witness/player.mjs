// A learning platform: opens the package in FOLDER in Chromium, lets it run, leaves it, and prints what it was told, as JSON.
//   node player.mjs scorm-1.2|scorm-2004|cmi5 FOLDER [ITEM]     ITEM: the number of the part to open, from 0
// SCORM is played by scorm-again. cmi5 has a record store here that holds every statement to what the standard says of it.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { chromium } from "playwright-core";

const [standard, folder, item = "0"] = process.argv.slice(2);
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".xml": "text/xml", ".svg": "image/svg+xml" };
const told = { launch: null, titles: [], calls: [], values: {}, statements: [], errors: [], missing: [], shown: "" };

const session = "3f9d6c1a-session", registration = "8d1f3b7e-5f0a-4c57-9d35-0a6ef2f9c111", token = "c2VjcmV0OnNlY3JldA==";
const actor = { objectType: "Agent", account: { homePage: "https://lms.example", name: "learner-1" } };
const CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/";
let activity = "", fetched = false;

// What is wrong with a statement, by chapters 9.2 to 9.6 of the specification of cmi5.
function wrong(statement) {
  const before = told.statements.map(({ verb }) => verb), verb = statement.verb.id.split("/").pop(), said = [];
  const category = (statement.context?.contextActivities?.category ?? []).map(({ id }) => id);
  const expect = (true_, what) => true_ || said.push(what);
  expect(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(statement.id), "id");
  expect(!Number.isNaN(Date.parse(statement.timestamp)), "timestamp");
  expect(JSON.stringify(statement.actor.account) === JSON.stringify(actor.account), "actor");
  expect(statement.object.id === activity, "object");
  expect(statement.context.registration === registration, "registration");
  expect(statement.context.extensions["https://w3id.org/xapi/cmi5/context/extensions/sessionid"] === session, "session");
  expect(category.includes(CATEGORY + "cmi5"), "category cmi5");
  expect(category.includes(CATEGORY + "moveon") === ["completed", "passed", "failed"].includes(verb), "category moveon");
  expect(!before.includes(verb), "twice");
  expect((before.length === 0) === (verb === "initialized"), "first");
  expect(!before.includes("terminated"), "after the end");
  if (verb === "completed") expect(statement.result.completion === true, "completion");
  if (["completed", "passed", "failed", "terminated"].includes(verb)) expect(/^PT[0-9HM.]+S$/.test(statement.result?.duration), "duration");
  told.statements.push({ verb, wrong: said });
}

function store(request, url, body, answer) {
  const say = (status, value) => answer.writeHead(status, { "content-type": "application/json" }).end(value && JSON.stringify(value));
  if (url.pathname === "/fetch") return say(200, fetched ? { "error-code": "1" } : ((fetched = true), { "auth-token": token }));
  if (request.headers.authorization !== `Basic ${token}` || !request.headers["x-experience-api-version"]) return say(401);
  if (url.pathname === "/lrs/statements") {
    const statements = [JSON.parse(body)].flat();
    statements.forEach(wrong);
    return request.method === "PUT" ? say(204) : say(200, statements.map(({ id }) => id));
  }
  if (url.searchParams.get("stateId") === "LMS.LaunchData") {
    const extensions = { "https://w3id.org/xapi/cmi5/context/extensions/sessionid": session };
    return say(200, { contextTemplate: { extensions, contextActivities: { grouping: [{ id: "https://lms.example/course" }] } }, launchMode: "Normal", moveOn: "CompletedOrPassed" });
  }
  // What the learner prefers.
  return say(200, {});
}

const server = http.createServer((request, answer) => {
  const url = new URL(request.url, "http://localhost"), pieces = [];
  request.on("data", (piece) => pieces.push(piece)).on("end", () => {
    if (/^\/(fetch|lrs)/.test(url.pathname)) return store(request, url, Buffer.concat(pieces).toString(), answer);
    if (url.pathname === "/") return answer.writeHead(200, { "content-type": TYPES[".html"] }).end("<!doctype html><title>LMS</title>");
    if (url.pathname === "/favicon.ico") return answer.writeHead(204).end();
    const file = path.join(folder, decodeURIComponent(url.pathname));
    if (!fs.existsSync(file)) {
      told.missing.push(url.pathname);
      return answer.writeHead(404).end();
    }
    answer.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" }).end(fs.readFileSync(file));
  });
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const tab = await browser.newPage();
tab.on("pageerror", (error) => told.errors.push(String(error)));
tab.on("console", (message) => message.type() === "error" && told.errors.push(message.text()));
await tab.goto(origin + "/");

// Reads the manifest as a platform does: which parts there are, and what opens them.
const manifest = standard === "cmi5" ? "cmi5.xml" : "imsmanifest.xml";
const parts = await tab.evaluate(([text, standard]) => {
  const document = new DOMParser().parseFromString(text, "text/xml");
  const all = (name, within = document) => [...within.getElementsByTagNameNS("*", name)];
  if (standard === "cmi5") return all("au").map((au) => ({ title: all("langstring", au)[0].textContent, launch: all("url", au)[0].textContent.trim(), id: au.id || au.getAttribute("id") }));
  const resources = Object.fromEntries(all("resource").map((resource) => [resource.getAttribute("identifier"), resource]));
  return all("item").map((item) => ({ title: all("title", item)[0].textContent, launch: resources[item.getAttribute("identifierref")].getAttribute("href") }));
}, [fs.readFileSync(path.join(folder, manifest), "utf8"), standard]);
told.titles = parts.map(({ title }) => title);
const part = parts[Number(item)];
told.launch = part.launch;
activity = part.id;

if (standard === "cmi5") {
  const query = new URLSearchParams({ endpoint: `${origin}/lrs/`, fetch: `${origin}/fetch`, actor: JSON.stringify(actor), registration, activityId: activity });
  await tab.goto(`${origin}/${part.launch}?${query}`);
} else {
  const old = standard === "scorm-1.2";
  const script = new URL(`node_modules/scorm-again/dist/${old ? "scorm12" : "scorm2004"}.min.js`, import.meta.url);
  await tab.evaluate(fs.readFileSync(script, "utf8"));
  await tab.evaluate(([old, launch]) => {
    window.told = [];
    const api = old ? new Scorm12API({ logLevel: 5 }) : new Scorm2004API({ logLevel: 5 });
    window[old ? "API" : "API_1484_11"] = api;
    for (const name of old ? ["LMSInitialize", "LMSSetValue.cmi.*", "LMSCommit", "LMSFinish"] : ["Initialize", "SetValue.cmi.*", "Commit", "Terminate"]) {
      api.on(name, (element, value) => window.told.push(element ? `${element} = ${value}` : name));
    }
    const frame = document.createElement("iframe");
    Object.assign(frame, { name: "part", src: "/" + launch, width: 1000, height: 700 });
    document.body.append(frame);
  }, [old, part.launch]);
  await tab.waitForFunction(() => frames.part.document.readyState === "complete" && frames.part.location.href !== "about:blank");
}
// The app runs a little, and what it shows is looked at: in the page itself, or in the frame that it is held in.
await tab.waitForTimeout(1500);
const frames = tab.frames().filter((frame) => frame.url().startsWith(origin));
told.shown = await frames.at(-1).evaluate(() => document.body.innerText);
if (standard === "cmi5") {
  await tab.goto("about:blank");
  await tab.waitForTimeout(1000);
} else {
  await tab.evaluate(() => new Promise((gone) => {
    const frame = document.querySelector("iframe");
    frame.onload = gone;
    frame.src = "about:blank";
  }));
  told.calls = await tab.evaluate(() => window.told);
  told.values = await tab.evaluate(() => {
    const { cmi } = window.API ?? window.API_1484_11;
    const score = (cmi.core ?? cmi).score;
    return { status: cmi.core?.lesson_status ?? cmi.completion_status, success: cmi.success_status, score: score.raw, scaled: score.scaled };
  });
}
console.log(JSON.stringify(told, null, 1));
await browser.close();
server.close();
