// What stands under each check when it is opened: how it is done, and the numbers.

const PLAIN = {
  form: ["名册是几张普通的 CSV 表。本页逐行检查编号、数字和次序：编号写法不对、重复，都会改变签号。",
    "The list is a few plain CSV tables. Ids, numbers and order are checked row by row: a strange or repeated id would change tickets."],
  quotas: ["应抽家数由名册家数和公布的比例用整数算出（默认有零头就进一）。方案另外规定最低家数或全部抽取的，可以多，不能少。各层的数见“抽中名单”。",
    "The quota follows from the size of the list and the published ratio in whole numbers (rounded up by default). A plan may ask for more, "
      + "never for less. The numbers stand under “Who is drawn”."],
};
const plainDetails = (id) => el("p", {}, say(PLAIN[id]));

function table(head, rows) {
  return el("div", { class: "scroll" }, el("table", {},
    el("thead", {}, el("tr", {}, head.map((pair) => el("th", { scope: "col" }, say(pair))))),
    el("tbody", {}, rows.map((row) => el("tr", { class: row.className || null }, row.map((cell, n) =>
      el("td", {}, el("span", { class: "label", "aria-hidden": "true" }, say(head[n])), el("span", {}, cell))))))));
}

function poolDetails(report, facts) {
  const digest = report.digest || "", pasted = el("input", { id: "paper", class: "noprint", autocomplete: "off", spellcheck: "false", input: compare });
  const answer = el("output", { for: "paper" });
  const known = [[digest, "就是名册摘要，相同。", "It is the digest of the list."], [report.seed, "就是种子，相同。", "It is the seed."],
    [facts.checkpoint, "就是抽取公示上的台账校验点，相同。", "It is the checkpoint on the notice of the draw."]];
  function compare() {
    const text = pasted.value.replace(/\s+/g, ""), hex = text.toLowerCase();
    const found = known.find((one) => one[0] && (one[0] === hex || one[0] === text));
    fill(answer, text === "" ? [] : found ? [mark("ok"), both(found[1], found[2])]
      : [mark("bad"), both("和本页的名册摘要、种子、校验点都不同。", "It is neither the digest of the list, nor the seed, nor the checkpoint here.")]);
  }
  return [
    facts.sealed_on ? el("p", {}, both(`公示说：名册封存于 ${facts.sealed_on}` + (facts.sealed_in ? `，摘要在 ${facts.sealed_in.on} 的公示（${facts.sealed_in.name}）里公布` : "")
      + (facts.drawn_on ? `，${facts.drawn_on} 抽取。` : "。"),
      `Says the notice: sealed on ${facts.sealed_on}` + (facts.sealed_in ? `, the digest published on ${facts.sealed_in.on} (${facts.sealed_in.name})` : "")
      + (facts.drawn_on ? `, drawn on ${facts.drawn_on}.` : "."))) : null,
    el("p", {}, both("名册摘要（SHA256SUMS 这个文件的 SHA-256）：", "Digest of the list (the SHA-256 of the file SHA256SUMS):")),
    el("pre", {}, digest),
    table([["文件", "File"], ["SHA-256", "SHA-256"], ["结果", "Result"]], report.sums.map((one) => [code(one.name), code(one.expected),
      one.found === one.expected ? both("相符", "agrees") : one.found ? both("不相符", "differs") : one.withheld ? both("不公开", "not public") : both("没有", "missing")])),
    el("p", { class: "noprint" }, el("label", { for: "paper" }, both("手里有抽取以前的公示？把上面的摘要、种子或校验点粘贴在这里比一比：",
      "Have you a paper from before the draw? Paste its digest, seed or checkpoint here:"))),
    pasted, answer,
  ];
}

function ball(text, colour) {
  return el("span", { class: "ball " + colour }, text);
}

function numbersOf(one) {
  const rest = one.rest.split(":").pop();
  if (one.kind === "ssq" || one.kind === "dlt") {
    const [first, second] = rest.split("+").map((part) => part.match(/../g) || []);
    return el("p", { class: "balls" }, first.map((n) => ball(n, "red")), second.map((n) => ball(n, "blue")));
  }
  if (["pl5", "fc3d", "dice"].includes(one.kind)) return el("p", { class: "balls" }, rest.split("").map((n) => ball(n, one.kind === "dice" ? "die" : "red")));
  return el("p", {}, code(one.rest));
}

function seedDetails(report, facts) {
  const draw = report.draw;
  if (!draw) return null;
  const shell = FIELD.test(String(draw.draw)) && /^[0-9A-Za-z._:+\/|-]+$/.test(draw.seed_line) ? commands(draw.seed_line) : null;
  return [
    el("p", {}, both("种子文本：抽取编号和下面各项来源，用竖线连起来。", "The seed line: the draw's id and the sources below, joined by bars.")),
    el("pre", {}, String(draw.seed_line)),
    el("ol", { class: "sources" }, report.sources.map((one) => {
      const words = SOURCE_WORDS[one.outcomes ? one.kind : ""], issue = /^[0-9]+:/.exec(one.rest);
      return el("li", {}, el("strong", {}, both(words[0], words[1])),
        issue && one.kind !== "dice" ? both(`，第 ${issue[0].slice(0, -1)} ${one.kind === "drand" ? "轮" : "期"}`, `, no. ${issue[0].slice(0, -1)}`) : null,
        one.outcomes ? numbersOf(one) : el("p", {}, code(one.text)), el("p", { class: "small" }, both(words[2], words[3])));
    })),
    facts.announced && facts.announced.length ? el("p", {}, both("封存时公布要用的是：", "Announced at the sealing: "), facts.announced.map((one) => [code(one), " "]),
      facts.known_on ? both(`到 ${facts.known_on} 全部公布。`, ` all known by ${facts.known_on}.`) : null) : null,
    facts.key_commitment ? el("p", {}, both("封存时公布的密钥摘要：", "Digest of the key, published at the sealing: "), code(facts.key_commitment)) : null,
    el("p", {}, both("种子 = 种子文本的 SHA-256，本页重算：", "Seed = SHA-256 of the seed line, computed again here:")),
    el("pre", {}, report.seed), shell,
  ];
}

/** How anybody computes the same without this page; `text` holds only letters, digits and . _ : + / | - */
function commands(text) {
  return el("details", { class: "shell" }, el("summary", {}, both("不用本页，自己算一遍", "Compute it yourself, without this page")),
    el("p", {}, "Linux:"), el("pre", {}, `printf '%s' '${text}' | sha256sum`),
    el("p", {}, "macOS:"), el("pre", {}, `printf '%s' '${text}' | shasum -a 256`),
    el("p", {}, "Windows PowerShell:"),
    el("pre", {}, `-join([Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes('${text}'))|%{$_.ToString('x2')})`),
    el("p", {}, both("Windows 命令提示符（cmd）：", "Windows command prompt (cmd):")),
    el("pre", {}, `<nul set /p="${text}">%TEMP%\\t.txt& certutil -hashfile %TEMP%\\t.txt SHA256`));
}

function strataDetails(report) {
  const rows = report.strata.map((one) => {
    const differs = one.first || (one.published !== null && one.published !== one.drawn);
    const row = [[named(one.name), " ", code(one.stratum)], grouped(one.population), one.ratio || both("定数", "a count"),
      one.quota === one.least || one.least === null ? grouped(one.quota)
        : [grouped(one.quota), both(`（按比例 ${one.least}）`, ` (${one.least} by ratio)`)],
      report.draw ? grouped(one.drawn) : "—", one.published === null || one.published === undefined ? "—" : grouped(one.published),
      differs ? [mark("bad"), both("不同", "differs")] : one.published === null || one.published === undefined ? "—" : [mark("ok"), both("相同", "same")]];
    if (differs) row.className = "differs";
    return row;
  });
  return [
    table([["抽查层", "Stratum"], ["名册家数", "On the list"], ["比例", "Ratio"], ["应抽", "Quota"], ["重算抽中", "Drawn (computed)"],
      ["公布抽中", "Drawn (published)"], ["", ""]], rows),
    report.strata.filter((one) => one.first).map((one) => el("div", {}, el("p", {}, named(one.name), both("，第一处不同：", ", the first that differs:")), faultNodes(one.first))),
    el("p", { class: "small" }, both("抽中多于应抽的，是必查单位或“几年内全覆盖”的规则多抽的。", "Where more than the quota are drawn, it is by units that must be visited or by the rule that everybody is visited within some years.")),
    report.strata.filter((one) => report.order[one.stratum]).map((one) => orderDetails(report, one)),
  ];
}

/** A stratum in ticket order, some more at a time. */
function orderDetails(report, stratum) {
  const order = report.order[stratum.stratum], body = el("tbody", {});
  const more = el("button", { type: "button", click: () => add(500) }, both("再显示一些", "Show more"));
  let shown = 0;
  function add(number) {
    const end = Math.min(order.length, shown + number);
    for (; shown < end; shown++) {
      const one = order[shown];
      body.append(el("tr", { class: one.why ? "drawn" : null }, el("td", {}, String(shown + 1)), el("td", {}, code(one.ticket.slice(0, 16) + "…")),
        el("td", {}, named(one.subject.name), " ", el("small", {}, code(one.subject.subject))), el("td", {}, one.why ? say(WHYS[one.why]) : null)));
    }
    more.hidden = shown >= order.length;
  }
  const details = el("details", { class: "order" }, el("summary", {}, named(stratum.name), both("：按签号排的顺序", ": in ticket order")),
    el("table", { class: "plain" }, el("thead", {}, el("tr", {}, [["位", "No."], ["签号", "Ticket"], ["单位", "Unit"], ["", ""]].map((pair) => el("th", { scope: "col" }, say(pair))))), body), more);
  details.addEventListener("toggle", () => (shown ? null : add(Math.max(20, stratum.drawn + 5 < 200 ? stratum.drawn + 5 : 100))));
  return details;
}

function ticketDetails(report) {
  return [
    el("p", {}, both("每个单位的签号是一行文字的 SHA-256：规程、种子、object、范围、单位编号。种子一定，每家的签号就定了，谁也改不了；换一个种子，全部签号都变。",
      "A unit's ticket is the SHA-256 of one line of text: protocol, seed, object, scope, id. Once the seed is fixed so is every ticket; with another seed all are others.")),
    report.draw ? el("pre", {}, `ssj1|${report.seed}|object|`,
      report.pool && report.pool.rules.tickets === "shared" ? "shared" : both("抽查层代码", "STRATUM"), "|", both("单位编号", "ID")) : null,
  ];
}

function teamDetails(report) {
  if (!report.teams) return el("p", {}, both("检查组的匹配规则见抽取规程第 7 节：合法的人里，任务少的先派，同样多的看签号。", "How teams are matched stands in § 7 of the protocol: of those who lawfully may, who has fewest visits; among equals, by ticket."));
  const rows = Array.from(report.teams.values()), body = el("tbody", {});
  const names = new Map((report.pool ? report.pool.subjects : []).map((each) => [each.subject, each.name]));
  const more = el("button", { type: "button", click: () => add(500) }, both("再显示一些", "Show more"));
  let shown = 0;
  function add(number) {
    const end = Math.min(rows.length, shown + number);
    for (; shown < end; shown++) {
      const { visit, team } = rows[shown];
      body.append(el("tr", {}, el("td", {}, code(visit.id)), el("td", {}, named(names.get(visit.subject) || "")), el("td", {}, team.map((id) => [code(id), " "]))));
    }
    more.hidden = shown >= rows.length;
  }
  const details = el("details", { class: "order" }, el("summary", {}, both("重新匹配出的检查组", "The teams as matched again")),
    el("table", { class: "plain" }, el("thead", {}, el("tr", {}, [["检查", "Visit"], ["单位", "Unit"], ["检查人员", "Inspectors"]].map((pair) => el("th", { scope: "col" }, say(pair))))), body), more);
  details.addEventListener("toggle", () => (shown ? null : add(100)));
  return [
    el("p", {}, both("这里核对的是抽取时的检查组。以后因回避、请假等依规定更换人员的，见调整公示；各轮重新抽取本页不重算，要用全部卷宗核验（ssj verify）。",
      "These are the teams as drawn. Later changes (recusal, illness) are in the notices of adjustments; their re-draws are not computed here, the whole file shows them (ssj verify).")),
    details,
  ];
}

function evenDetails(report) {
  if (!report.loads) return null;
  const loads = Array.from(report.loads.values()), most = Math.max(...loads), least = Math.min(...loads);
  return [
    el("p", {}, both(`每人检查次数（抽取前已有的也算）最少 ${least} 次，最多 ${most} 次。`, `Visits per inspector, those from before included: from ${least} to ${most}.`)),
    el("p", {}, most - least < 2 ? both("已经均衡。", "They are even.")
      : both("差两次以上的，本页核对了证明：多出的检查只有这些人依法能去，别人分担不了。", "Where they differ by two or more this page has checked the proof: only those inspectors could lawfully do these visits.")),
    ((report.draw || {}).unevenness || []).map((one) => el("p", {}, el("strong", {}, one.inspectors.join(" ")), both(
      `：只有他们能承担的有 ${one.places} 人次。`, `: ${one.places} places that only they could fill.`), one.explanation ? [" ", one.explanation] : null)),
  ];
}
