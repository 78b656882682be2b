// Files of another draw, dropped or chosen, in place of those that the page brings; and the language.

let given = {}, others = false;

/** Where a file belongs, by its name; the list's SHA256SUMS by what it lists. Blank: not one of a draw's files. */
function pathOf(name, bytes) {
  const path = ["pool/" + name, "result/" + name].find((one) => COLUMNS[one] || one === RULES || one === DRAW);
  if (path) return path;
  return name === "SHA256SUMS" && new TextDecoder().decode(bytes).includes("  strata.csv") ? SUMS : "";
}

function take(files) {
  Promise.all(files.map((file) => new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done([file.name, new Uint8Array(reader.result)]);
    reader.onerror = () => done([file.name, null]);
    reader.readAsArrayBuffer(file);
  }))).then((read) => {
    if (!others) given = {};
    const known = read.filter(([name, bytes]) => bytes && pathOf(name, bytes)), unknown = read.filter(([name, bytes]) => !bytes || !pathOf(name, bytes));
    known.forEach(([name, bytes]) => (given[pathOf(name, bytes)] = bytes));
    others = others || known.length > 0;
    fill(at("taken"), el("p", {}, both("现在核验的是：", "Checking now: "), Object.keys(given).sort().map((path) => [code(path), " "])),
      unknown.length ? el("p", { class: "small" }, both("没有用的文件：", "Files not used: "), unknown.map(([name]) => [code(name), " "])) : null,
      el("button", { type: "button", click: restore }, both("回到本页自带的数据", "Back to the page's own data")));
    if (known.length) check(given, {});
  });
}

function restore() {
  others = false;
  given = {};
  fill(at("taken"), []);
  check(own.files, own.facts);
}

/** Every file in what was dropped, folders included. */
function dropped(transfer) {
  const walk = (entry) => new Promise((done) => {
    if (entry.isFile) entry.file((file) => done([file]), () => done([]));
    else entry.createReader().readEntries((inside) => Promise.all(inside.map(walk)).then((all) => done([].concat(...all))), () => done([]));
  });
  const entries = Array.from(transfer.items || []).map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter((entry) => entry);
  return entries.length ? Promise.all(entries.map(walk)).then((all) => [].concat(...all)) : Promise.resolve(Array.from(transfer.files));
}

function language() {
  const english = /^#en\b/.test(location.hash);
  document.documentElement.lang = english ? "en" : "zh-CN";
  at("query").placeholder = english ? "name or id" : "单位名称或编号";
  at("language").textContent = english ? "中文" : "English";
  at("language").lang = english ? "zh-CN" : "en";
}

at("language").addEventListener("click", () => (location.hash = document.documentElement.lang === "en" ? "zh" : "en"));
window.addEventListener("hashchange", language);
window.addEventListener("beforeprint", () => document.querySelectorAll("details.check").forEach((one) => (one.open = true)));
at("query").addEventListener("input", search);
at("lookup").addEventListener("submit", (event) => event.preventDefault());
at("files").addEventListener("change", () => take(Array.from(at("files").files)));
for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  window.addEventListener(name, (event) => {
    event.preventDefault();
    at("drop").classList.toggle("over", name === "dragover" || name === "dragenter");
    if (name === "drop") dropped(event.dataTransfer).then(take);
  });
}
language();
check(own.files, own.facts);
