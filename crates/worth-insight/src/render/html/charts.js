// Draws the charts of the page from the figures that stand in it, in the colours of the reader's
// screen, and in the light ones on paper.
(function () {
  "use strict";
  var dark = __DARK__;
  var screenIsDark = window.matchMedia("(prefers-color-scheme: dark)");
  var font = window.getComputedStyle(document.body).fontFamily;

  // The same figure with every light colour exchanged for its dark counterpart.
  function coloured(value) {
    if (typeof value === "string") return Object.hasOwn(dark, value) ? dark[value] : value;
    if (Array.isArray(value)) return value.map(coloured);
    if (value && typeof value === "object") {
      var copy = {};
      Object.keys(value).forEach(function (key) { copy[key] = coloured(value[key]); });
      return copy;
    }
    return value;
  }

  function draw(onPaper) {
    document.querySelectorAll("script[data-plot]").forEach(function (script) {
      var figure = JSON.parse(script.textContent);
      if (screenIsDark.matches && !onPaper) figure = coloured(figure);
      figure.layout.font.family = font;
      var place = document.getElementById(script.dataset.plot);
      if (onPaper) figure.layout.width = Math.min(place.clientWidth, 660);
      Plotly.react(place, figure.data, figure.layout, figure.config);
    });
  }

  draw(false);
  screenIsDark.addEventListener("change", function () { draw(false); });

  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details:not(.numbers):not([open])"));
    opened.forEach(function (details) { details.open = true; });
    draw(true);
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (details) { details.open = false; });
    draw(false);
  });
})();
