// What a learning platform gives to a package of SCORM, so that it starts as it would there. It remembers what it is told
// and says yes to everything.
(() => {
  "use strict";
  const kept = { "cmi.core.lesson_status": "not attempted", "cmi.completion_status": "unknown", "cmi.core.entry": "ab-initio", "cmi.entry": "ab-initio",
    "cmi.core.student_name": "", "cmi.learner_name": "", "cmi.core.student_id": "0", "cmi.learner_id": "0", "cmi.mode": "normal", "cmi.core.lesson_mode": "normal" };
  const yes = () => "true", none = () => "0";
  const tell = self.__tekser__;
  // What a platform makes marks of.
  const NOTED = /^cmi\.(core\.)?(lesson_status|completion_status|success_status|score\.(raw|scaled)|exit)$/;
  const get = (name) => String(kept[name] ?? ""), set = (name, value) => {
    kept[name] = value;
    if (NOTED.test(name)) tell("SCORM", `${name} = ${value}`);
    return "true";
  };
  const told = (name) => () => { tell("SCORM", name); return "true"; };
  const old = { LMSInitialize: told("LMSInitialize"), LMSFinish: told("LMSFinish"), LMSGetValue: get, LMSSetValue: set, LMSCommit: yes, LMSGetLastError: none,
    LMSGetErrorString: () => "", LMSGetDiagnostic: () => "" };
  const now = { version: "1.0", Initialize: told("Initialize"), Terminate: told("Terminate"), GetValue: get, SetValue: set, Commit: yes, GetLastError: none,
    GetErrorString: () => "", GetDiagnostic: () => "" };
  for (const [name, value] of [["API", old], ["API_1484_11", now]]) {
    if (!(name in self)) Object.defineProperty(self, name, { value, configurable: true, writable: true });
  }
})();
