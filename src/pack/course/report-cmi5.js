// Tells the platform that this part was opened, and, when the learner leaves it, that it is done and how long it took.
(function () {
  "use strict";
  var cmi5;
  try {
    cmi5 = new exports.Cmi5(location.href);
  } catch (error) {
    // Nobody launched it: it is only looked at.
    return;
  }
  // What is sent while the page goes away has to outlive it.
  var send = self.fetch;
  self.fetch = function (address, options) {
    return send.call(self, address, Object.assign({}, options, { keepalive: true }));
  };
  cmi5.start().catch(function (error) {
    console.warn(String(error));
  });

  addEventListener("pagehide", function () {
    if (!cmi5.isActive()) return;
    var statements = [cmi5.terminatedStatement()];
    if (cmi5.getLaunchMode() === "Normal") statements.unshift(cmi5.completedStatement());
    cmi5.sendStatements(statements).catch(function () {});
  });
  addEventListener("pageshow", function (event) {
    if (event.persisted) location.reload();
  });
})();
