"use strict";
// The page is built from the data beside it. Whatever comes from a stranger's file is put in as text, never as markup.
(() => {
  const { submissions, rest, texts } = JSON.parse(document.getElementById("data").textContent);
  const LETTERS = { p: "passed", f: "failed", "-": "not-applicable", n: "not-checked", m: "manual" };
  const VERDICTS = ["non-compliant", "incomplete", "compliant"];
  // Details of more submissions than this are not opened at once, so that the page stays quick.
  const AT_ONCE = 300;
  const page = document.getElementById("page");
  let language = rest.language;
  let column = rest.languages.indexOf(language);
  const filter = { text: "", verdict: "", kind: "", requirement: "", school: "" };

  const word = (id) => rest.words[language][id] ?? id;
  const sentence = (index) => texts[index][column];
  const title = (requirement) => requirement.title[language];
  // Not every browser knows how Kazakh is written: a decimal comma, and spaces that do not break between thousands.
  function number(value) {
    const text = value.toLocaleString("en-GB");
    return language === "en" ? text : text.replaceAll(",", "\u00a0").replace(".", ",");
  }

  function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (value === undefined || value === null || value === false) continue;
      if (name === "class") element.className = value;
      else if (name === "on") for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
      else if (name === "style") Object.assign(element.style, value);
      else if (value === true) element.setAttribute(name, "");
      else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }
  const badge = (kind, text) => make("span", { class: "badge " + kind }, text);

  function size(bytes) {
    for (const [unit, power] of [["unit-gib", 30], ["unit-mib", 20], ["unit-kib", 10]]) {
      if (bytes >= 2 ** power) return number(Math.round(bytes / 2 ** power * 10) / 10) + " " + word(unit);
    }
    return number(bytes) + " " + word("unit-byte");
  }
  function clock(seconds) {
    const tenths = Math.round(seconds * 10);
    const whole = Math.floor(tenths / 10), two = (value) => String(value).padStart(2, "0");
    const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    return (h ? h + ":" + two(m) : m) + ":" + two(s) + (tenths % 10 ? (language === "en" ? "." : ",") + tenths % 10 : "");
  }
  // Requirements that make a submission non-compliant.
  const counts = (submission, index) =>
    submission.o[index] === "f" && rest.requirements[index].must && !(submission.w ?? []).includes(index);
  const school = (submission) => rest.school === null ? "" : submission.c?.[rest.school] ?? "";

  // Answers of a person: by path and requirement, a choice and a note.
  const KEY = "tekser " + rest.profile.sha256 + " " + rest.started;
  let answers = {};
  try { answers = JSON.parse(localStorage.getItem(KEY)) ?? {}; } catch { /* a browser may keep nothing for files */ }
  function keep(path, id, field, value) {
    ((answers[path] ??= {})[id] ??= {})[field] = value;
    try { localStorage.setItem(KEY, JSON.stringify(answers)); } catch { /* the button for saving remains */ }
  }

  function findingOf([level, requirement, text, help, route, line, waived]) {
    const where = [route, line].filter(Boolean).join(":");
    const label = word("level-" + level) + (waived ? " (" + word("report-waived") + ")" : "");
    return make("div", { class: "finding " + level },
      make("p", {}, make("strong", {}, label), " ", where ? make("bdi", { class: "place" }, where) : null, where ? " " : null, sentence(text)),
      help === null ? null : make("p", {}, make("strong", {}, word("report-help")), " ", sentence(help)));
  }

  // Requirements that stand in one row: those that were not checked for one reason, and each other one alone.
  function grouped(submission, list, reasons) {
    const groups = [];
    for (const index of list) {
      const plain = reasons.has(index) && !submission.f.some((finding) => finding[1] === index);
      const same = plain && groups.find((group) => group.plain && group.reason === reasons.get(index));
      if (same) same.list.push(index);
      else groups.push({ plain, reason: reasons.get(index), list: [index] });
    }
    return groups;
  }

  function row(submission, { reason, list }) {
    const index = list[0], letter = submission.o[index];
    const own = submission.f.filter((finding) => finding[1] === index);
    const waived = (submission.w ?? []).includes(index);
    return make("tr", {},
      make("td", {}, ...list.map((index) => make("p", {}, title(rest.requirements[index]), " ", make("span", { class: "quiet" }, rest.requirements[index].clause))),
        reason === undefined ? null : make("p", { class: "quiet" }, sentence(reason)), ...own.map(findingOf)),
      make("td", {}, badge(letter, word("outcome-" + LETTERS[letter])), waived ? " " + word("report-waived") : null,
        make("p", { class: "quiet" }, [...new Set(list.map((index) => word("modality-" + rest.requirements[index].modality)))].join(", "))));
  }

  function table(name, submission, list, reasons) {
    return make("table", { "aria-label": name },
      make("thead", {}, make("tr", {}, ...["requirement", "outcome"].map((id) => make("th", { scope: "col" }, word(id))))),
      make("tbody", {}, ...grouped(submission, list, reasons).map((group) => row(submission, group))));
  }

  function criterion(submission, index, place) {
    const requirement = rest.requirements[index];
    const given = answers[submission.p]?.[requirement.id] ?? {};
    const group = "c" + place + "-" + index;
    const choice = (value) => {
      const input = make("input", { type: "radio", name: group, value, on: { change: () => keep(submission.p, requirement.id, "answer", value) } });
      input.checked = given.answer === value;
      return make("label", { class: "answer" }, input, word("criterion-" + value));
    };
    const note = make("textarea", { "aria-label": word("note") + ": " + title(requirement), rows: 2, on: { input: () => keep(submission.p, requirement.id, "note", note.value) } });
    note.value = given.note ?? "";
    return make("fieldset", { class: "criterion" }, make("legend", {}, title(requirement) + " (" + requirement.clause + ")"),
      make("p", { class: "quiet" }, requirement.help[language]), make("div", {}, ...["met", "unmet", "open"].map(choice)), note);
  }

  function wave(peaks) {
    const width = peaks.length, svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 " + width + " 100");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("class", "wave");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", word("wave"));
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", peaks.map((peak, x) => "M" + (x + .5) + " " + (50 - Math.max(peak, 1) / 2) + "V" + (50 + Math.max(peak, 1) / 2)).join(""));
    path.setAttribute("stroke", "currentColor");
    svg.append(path);
    return svg;
  }

  function inside(submission, place) {
    const reasons = new Map(submission.r ?? []);
    const of = (letters) => [...submission.o].flatMap((letter, index) => letters.includes(letter) ? [index] : []);
    const open = of("fn"), passed = of("p"), manual = of("m"), others = of("-");
    const general = submission.f.filter((finding) => finding[1] === null);
    const facts = make("dl", { class: "facts" });
    const fact = (name, value) => facts.append(make("div", {}, make("dt", {}, name), make("dd", {}, make("bdi", {}, value))));
    fact(word("facts"), size(submission.s) + (submission.d === undefined ? "" : ", " + clock(submission.d)));
    (submission.c ?? []).forEach((text, index) => text && fact(rest.columns[index], text));
    if (submission.h) fact("SHA-256", submission.h);
    const passedNames = make("details", {}, make("summary", {}, word("passed") + " " + passed.length));
    passedNames.append(table(word("passed"), submission, passed, reasons));
    return make("div", { class: "inside" }, facts,
      ...(submission.t ?? []).map((data) => make("img", { class: "preview", src: data, alt: word("images-preview") + " " + submission.p })),
      submission.e ? wave(submission.e) : null,
      ...general.map(findingOf),
      open.length ? table(word("findings"), submission, open, reasons) : make("p", {}, word("no-findings")),
      passed.length ? passedNames : null,
      others.length ? make("p", { class: "quiet" }, word("others") + " " + others.length) : null,
      manual.length ? make("h3", {}, word("checklist")) : null,
      ...manual.map((index) => criterion(submission, index, place)));
  }

  // A line of the list; what is inside is made when somebody opens it.
  function line(submission, place) {
    const failed = rest.requirements.filter((_, index) => counts(submission, index)).map(title);
    const details = make("details", {}, make("summary", {},
      badge(submission.v, word("verdict-" + submission.v)), make("bdi", { class: "name" }, submission.p),
      make("span", { class: "quiet" }, word("kind-" + submission.k) + (submission.d === undefined ? "" : " · " + clock(submission.d))),
      failed.length ? make("span", { class: "why" }, failed.join("; ")) : null));
    details.addEventListener("toggle", () => {
      if (details.open && details.childElementCount === 1) details.append(inside(submission, place));
    });
    return make("li", {}, details);
  }

  let lines = [], status, shownNow = [];
  const searched = submissions.map((submission) => {
    let all = null;
    return () => all ??= [submission.p, ...(submission.c ?? []), ...submission.f.flatMap((finding) => [finding[4], ...texts[finding[2]]])].join("\n").toLowerCase();
  });
  function apply() {
    const text = filter.text.trim().toLowerCase();
    const wanted = filter.requirement === "" ? null : Number(filter.requirement);
    shownNow = [];
    submissions.forEach((submission, index) => {
      const show = (!filter.verdict || submission.v === filter.verdict) && (!filter.kind || submission.k === filter.kind)
        && (!filter.school || school(submission) === filter.school)
        && (wanted === null || "fn".includes(submission.o[wanted]))
        && (!text || searched[index]().includes(text));
      lines[index].hidden = !show;
      if (show) shownNow.push(index);
    });
    status.textContent = word("shown") + " " + number(shownNow.length) + " / " + number(submissions.length)
      + (shownNow.length ? "" : ". " + word("none-shown"));
  }

  function select(id, any, options) {
    const element = make("select", { id: "f-" + id, on: { change: () => { filter[id] = element.value; apply(); } } },
      make("option", { value: "" }, word(any)), ...options.map(([value, text]) => make("option", { value }, text)));
    element.value = filter[id];
    return make("label", { for: "f-" + id }, word(id), element);
  }

  function filters() {
    const search = make("input", { type: "search", id: "f-text", autocomplete: "off", on: { input: () => { filter.text = search.value; apply(); } } });
    search.value = filter.text;
    const kinds = [...new Set(submissions.map((submission) => submission.k))].sort();
    const schools = [...new Set(submissions.map(school).filter(Boolean))].sort();
    const asked = rest.requirements.flatMap((requirement, index) =>
      submissions.some((submission) => "fn".includes(submission.o[index])) ? [[index, title(requirement) + " (" + requirement.clause + ")"]] : []);
    return make("div", { class: "filters screen", role: "search", "aria-label": word("filters") }, make("div", { class: "bar" },
      make("label", { class: "grow", for: "f-text" }, word("search"), search),
      select("verdict", "any-verdict", VERDICTS.map((id) => [id, word("verdict-" + id)])),
      select("requirement", "any-requirement", asked),
      select("kind", "any-kind", kinds.map((id) => [id, word("kind-" + id)])),
      schools.length ? select("school", "any-school", schools.map((name) => [name, name])) : null,
      make("button", { type: "button", on: { click: () => { Object.keys(filter).forEach((id) => filter[id] = ""); build(); document.getElementById("f-text").focus(); } } }, word("clear"))));
  }

  function openShown(open) {
    shownNow.slice(0, open ? AT_ONCE : undefined).forEach((index) => {
      const details = lines[index].firstElementChild;
      details.open = open;
      if (open && details.childElementCount === 1) details.append(inside(submissions[index], index));
    });
  }

  function charts() {
    const of = (verdict) => submissions.filter((submission) => submission.v === verdict).length;
    const failures = rest.requirements.map((requirement, index) => [requirement, index, submissions.filter((submission) => counts(submission, index)).length])
      .filter(([, , count]) => count).sort((a, b) => b[2] - a[2]).slice(0, 10);
    const most = failures.length ? failures[0][2] : 1;
    const label = VERDICTS.map((id) => word("verdict-" + id) + " " + of(id)).join(", ");
    return make("section", { "aria-labelledby": "h-verdicts" }, make("h2", { id: "h-verdicts" }, word("verdicts")),
      make("div", { class: "stack", role: "img", "aria-label": label }, ...VERDICTS.map((id) => of(id) ? make("span", { class: id, style: { flexGrow: of(id) } }) : null)),
      make("ul", { class: "legend" }, ...VERDICTS.map((id) => make("li", {}, badge(id, word("verdict-" + id)), " " + number(of(id))))),
      failures.length ? make("table", { class: "chart" }, make("caption", { class: "quiet" }, word("frequent")),
        make("thead", {}, make("tr", {}, ...["requirement", "failures"].map((id) => make("th", { scope: "col" }, word(id))))),
        make("tbody", {}, ...failures.map(([requirement, index, count]) => make("tr", {},
          make("td", {}, make("button", { type: "button", on: { click: () => { filter.requirement = String(index); build(); document.getElementById("h-list").focus(); } } }, title(requirement))),
          make("td", {}, number(count), make("span", { class: "length", style: { width: 100 * count / most + "%" } })))))) : null);
  }

  function save() {
    const file = { report: { tekser: rest.tool, profile: rest.profile.id, sha256: rest.profile.sha256, started: rest.started }, answers };
    const url = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1)], { type: "application/json" }));
    make("a", { href: url, download: word("answers-file") + ".json" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    status.textContent = word("answers-saved");
  }
  async function load(input) {
    try {
      const given = JSON.parse(await input.files[0].text()).answers;
      for (const [path, all] of Object.entries(given)) for (const [id, answer] of Object.entries(all)) {
        if (typeof answer.answer === "string") keep(path, id, "answer", answer.answer);
        if (typeof answer.note === "string") keep(path, id, "note", answer.note);
      }
      build();
    } catch { status.textContent = word("answers-bad"); }
  }

  function changes() {
    const { since, unchanged, changed } = rest.changes;
    const verdict = (id) => id === null ? "—" : word("verdict-" + id);
    return make("section", { "aria-labelledby": "h-changes" }, make("h2", { id: "h-changes" }, word("changes") + " " + since),
      make("ul", {}, ...changed.map(([path, before, after, worse]) => make("li", {}, make("bdi", { class: "name" }, path), ": " + verdict(before) + " → " + verdict(after) + (worse ? " ▼" : "")))),
      make("p", { class: "quiet" }, word("unchanged") + " " + number(unchanged)));
  }

  function requirements() {
    const tally = (index, letter) => submissions.filter((submission) => submission.o[index] === letter).length;
    return make("section", { "aria-labelledby": "h-requirements" }, make("h2", { id: "h-requirements" }, word("requirements")),
      make("ul", { class: "list" }, ...rest.requirements.map((requirement, index) => make("li", {}, make("details", {},
        make("summary", {}, make("span", { class: "name" }, title(requirement)), make("span", { class: "quiet" }, requirement.clause + " · " + word("modality-" + requirement.modality))),
        make("div", { class: "inside" }, make("p", {}, requirement.why[language]), make("p", {}, make("strong", {}, word("report-help")), " ", requirement.help[language]),
          ...requirement.quote.map((quote) => make("blockquote", {}, quote)),
          make("p", { class: "quiet" }, Object.entries(LETTERS).map(([letter, id]) => word("outcome-" + id) + ": " + number(tally(index, letter))).join(" · "))))))));
  }

  function build() {
    document.documentElement.lang = language;
    lines = submissions.map(line);
    status = make("p", { role: "status", class: "quiet" });
    const input = make("input", { type: "file", accept: ".json", on: { change: () => load(input) } });
    const button = (id, action) => make("button", { type: "button", on: { click: action } }, word(id));
    const manual = submissions.some((submission) => submission.o.includes("m"));
    page.replaceChildren(
      make("header", {}, make("div", { class: "bar between" }, make("h1", {}, rest.profile.title[language]),
        make("div", { class: "bar screen", role: "group", "aria-label": word("language") }, ...rest.languages.map((code) =>
          make("button", { type: "button", lang: code, "aria-pressed": String(code === language), on: { click: () => { language = code; column = rest.languages.indexOf(code); build(); } } },
            { kk: "Қазақша", ru: "Русский", en: "English" }[code])))),
        make("p", { class: "quiet" }, word("generated") + " tekser " + rest.tool + " · " + rest.profile.id + " " + rest.profile.version + " · " + rest.started
          + (rest.scanner ? " · " + rest.scanner : "")),
        rest.unreached ? make("p", { class: "alert" }, word("unreached") + " " + number(rest.unreached)) : null),
      make("main", {},
        ...rest.findings.map(findingOf),
        charts(),
        rest.changes ? changes() : null,
        make("section", { "aria-labelledby": "h-list" }, make("h2", { id: "h-list", tabindex: -1 }, word("submissions")),
          filters(),
          make("div", { class: "bar screen" }, button("expand", () => openShown(true)), button("collapse", () => openShown(false)), button("print", () => print()),
            manual ? button("save", save) : null, manual ? make("label", { class: "file" }, word("answers-load"), input) : null),
          manual ? make("p", { class: "quiet screen" }, word("checklist-note")) : null,
          status,
          make("ul", { class: "list" }, ...lines)),
        requirements(),
        rest.skipped.length ? make("details", {}, make("summary", {}, word("skipped") + " " + rest.skipped.length),
          make("ul", {}, ...rest.skipped.map((path) => make("li", {}, make("bdi", { class: "name" }, path))))) : null));
    apply();
  }
  build();
})();
