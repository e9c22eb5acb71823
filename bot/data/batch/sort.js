(function () {
  "use strict";
  var table = document.querySelector("table");
  var body = table.tBodies[0];
  var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
  function value(row, at) {
    return row.cells[at].getAttribute("data-sort") || row.cells[at].textContent;
  }
  function order(at, up) {
    var rows = Array.prototype.slice.call(body.rows);
    rows.sort(function (a, b) {
      var x = value(a, at), y = value(b, at), n = Number(x) - Number(y);
      var by = isNaN(n) ? x.localeCompare(y) : n;
      return up ? by : -by;
    });
    rows.forEach(function (row) { body.appendChild(row); });
    heads.forEach(function (head, i) {
      head.setAttribute("aria-sort", i === at ? (up ? "ascending" : "descending") : "none");
    });
  }
  heads.forEach(function (head, at) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.textContent = "";
    head.appendChild(button);
    button.addEventListener("click", function () {
      order(at, head.getAttribute("aria-sort") !== "ascending");
    });
  });
  table.caption.hidden = false;
  var box = document.querySelector(".filter");
  box.hidden = false;
  box.querySelector("input").addEventListener("input", function (event) {
    var wanted = event.target.value.toLowerCase();
    Array.prototype.forEach.call(body.rows, function (row) {
      row.hidden = row.textContent.toLowerCase().indexOf(wanted) < 0;
    });
  });
})();
