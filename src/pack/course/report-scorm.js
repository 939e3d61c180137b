// Tells the platform that this part was opened, and, when the learner leaves it, that it is done and how long it took.
(function () {
  "use strict";
  var scorm = exports.SCORM;
  var old = document.currentScript.getAttribute("data-version") === "1.2";
  var began = Date.now();
  exports.debug.isActive = false;
  scorm.version = old ? "1.2" : "2004";
  // Some platforms sign the learner out when they are told to.
  scorm.handleExitMode = false;
  if (!scorm.init()) return;
  scorm.save();

  function two(number) {
    return (number < 10 ? "0" : "") + number;
  }

  addEventListener("pagehide", function () {
    if (!scorm.connection.isActive) return;
    var seconds = Math.round((Date.now() - began) / 1000);
    var clock = two(Math.floor(seconds / 3600)) + ":" + two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60);
    scorm.set(old ? "cmi.core.session_time" : "cmi.session_time", old ? clock : "PT" + seconds + "S");
    scorm.status("set", "completed");
    scorm.quit();
  });
  // A page that comes back as it was has told the platform already that it is over.
  addEventListener("pageshow", function (event) {
    if (event.persisted) location.reload();
  });
})();
