// One's own unit: its ticket, its place, drawn or not, up to where was drawn, and the line that computes the same.

const MOST_FOUND = 20;
let units = [], current = null;

function showUnits(report) {
  const found = new Map();
  for (const each of report.pool ? report.pool.subjects : []) {
    if (!found.has(each.subject)) found.set(each.subject, { subject: each.subject, name: each.name, strata: [], excluded: [] });
    found.get(each.subject).strata.push(each.stratum);
  }
  for (const each of report.pool ? report.pool.excluded : []) {
    const key = each.subject || each.name;
    if (!found.has(key)) found.set(key, { subject: each.subject, name: each.name, strata: [], excluded: [] });
    found.get(key).excluded.push(each);
  }
  units = Array.from(found.values());
  units.forEach((each) => (each.text = (each.name + "\n" + each.subject).toLowerCase()));
  current = report;
  search();
}

function search() {
  const text = at("query").value.trim().toLowerCase();
  fill(at("unit"), []);
  if (!text || !current) {
    fill(at("found"), []);
    return;
  }
  const all = units.filter((each) => each.text.includes(text)), exact = all.filter((each) => each.name.toLowerCase() === text || each.subject.toLowerCase() === text);
  if (!all.length) {
    fill(at("found"), el("p", {}, both("名册里没有。名册有没有漏掉单位，抽取本身证明不了：请向公示的机关询问。", "Not on the list. Whether the list leaves out anybody, no draw can prove: ask the authority.")));
    return;
  }
  const chosen = exact.length === 1 ? exact[0] : all.length === 1 ? all[0] : null;
  fill(at("found"), chosen && all.length === 1 ? [] : [
    el("p", { class: "small" }, all.length > MOST_FOUND ? both(`有 ${grouped(all.length)} 家，先列 ${MOST_FOUND} 家，请多写几个字。`, `${grouped(all.length)} units; the first ${MOST_FOUND}. Type more.`)
      : both(`有 ${all.length} 家，请选择：`, `${all.length} units, choose one:`)),
    el("ul", { class: "hits" }, all.slice(0, MOST_FOUND).map((each) => el("li", {}, el("button", { type: "button", click: () => showUnit(each) }, named(each.name), " ", el("small", {}, each.subject))))),
  ]);
  if (chosen) showUnit(chosen);
}

/** The order of a stratum as a bar: how far was drawn, and where this one stands. */
function strip(place, cut, total) {
  const x = (n) => (total > 1 ? (Math.max(0, n) / total) * 300 : 300);
  return el("svg", { class: "strip", viewBox: "0 0 300 34", "aria-hidden": "true", preserveAspectRatio: "none" },
    el("rect", { class: "all", x: 0, y: 16, width: 300, height: 10, rx: 2 }), el("rect", { class: "upto", x: 0, y: 16, width: x(cut), height: 10, rx: 2 }),
    el("line", { class: "me", x1: Math.min(298, Math.max(2, x(place - 0.5))), x2: Math.min(298, Math.max(2, x(place - 0.5))), y1: 4, y2: 32 }));
}

function inStratum(each, code_) {
  const stratum = current.strata.find((one) => one.stratum === code_), order = current.order[code_];
  const title = el("h4", {}, named(stratum.name), " ", code(code_));
  if (!order) return el("section", { class: "one" }, title, el("p", {}, both("在名册里。还没有公布抽取结果。", "On the list. No result is published yet.")));
  const n = order.findIndex((one) => one.subject.subject === each.subject), one = order[n];
  let cut = 0;
  order.forEach((other, place) => (cut = other.why === "random" ? place + 1 : cut));
  const last = cut ? order[cut - 1] : null, shared = current.pool.rules.tickets === "shared";
  const why = {
    must: ["抽中：名册列为必查，不看签号", "Drawn: the list marks it as one that must be visited, whatever its ticket"],
    coverage: ["抽中：几年内必须检查到，已到期限", "Drawn: it must be visited within some years, and its time is up"],
    random: ["抽中", "Drawn"], "": ["没有抽中", "Not drawn"],
  }[one.why];
  return el("section", { class: "one " + (one.why ? "drawn" : "") }, title, el("p", { class: "outcome" }, mark(one.why ? "ok" : "open"), el("strong", {}, say(why))),
    el("dl", {},
      el("dt", {}, both("签号", "Ticket")), el("dd", {}, code(one.ticket)),
      el("dt", {}, both("名次", "Place")), el("dd", {}, both(`按签号从小到大，第 ${grouped(n + 1)} 位，共 ${grouped(order.length)} 家`, `no. ${grouped(n + 1)} of ${grouped(order.length)} in ticket order`)),
      el("dt", {}, both("抽到哪里", "Drawn up to")), el("dd", {}, last
        ? [both(`第 ${grouped(cut)} 位为止，签号 `, `no. ${grouped(cut)}, ticket `), code(last.ticket.slice(0, 16) + "…"),
          both(stratum.drawn > cut ? `；另有 ${stratum.drawn - cut} 家按必查或全覆盖抽取` : "", stratum.drawn > cut ? `; ${stratum.drawn - cut} more by rule` : "")]
        : both("没有按签号抽取（必查和全覆盖已满）", "nobody by ticket: those drawn by rule fill the quota"))),
    strip(n + 1, cut, order.length),
    el("p", { class: "small" }, both("整条是这一层的全部单位，按签号从左到右；绿色是抽到的部分，红线是这一家。", "The bar is the whole stratum in ticket order; green is what was drawn, the red line is this unit.")),
    shared ? null : byHand(each, code_));
}

const byHand = (each, scope) => (current.seed && ID.test(each.subject) ? commands(`ssj1|${current.seed}|object|${scope}|${each.subject}`) : null);

function showUnit(each) {
  fill(at("unit"), el("h3", {}, named(each.name), " ", el("small", {}, code(each.subject))), each.strata.map((code_) => inStratum(each, code_)),
    each.strata.length && current.pool.rules.tickets === "shared" ? byHand(each, "shared") : null,
    each.excluded.map((one) => el("section", { class: "one" }, el("h4", {}, code(one.stratum)), el("p", {}, both("没有参加抽取，名册写明的原因：", "Did not take part in the draw; the reason on the list: "), named(one.reason)))));
}
