/* Another language, at a form whose words come along: what was typed goes with the press, where a link would leave it. */
(function (d) {
  "use strict";
  var form = d.querySelector("form[data-comes-along]");
  if (!form) return;
  d.addEventListener("click", function (e) {
    var link = e.target.closest && e.target.closest("a[hreflang]"), mark = d.createElement("input");
    if (!link || ![].some.call(form.querySelectorAll("[type=text], textarea"), function (one) { return one.value; })) return;
    e.preventDefault();
    mark.type = "hidden";
    mark.name = "go_on_in";
    mark.value = link.hreflang;
    form.appendChild(mark);
    form.action = link.href;
    form.submit();
  });
})(document);
