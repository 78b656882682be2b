// What the page says, always in both languages; the style shows the one that was chosen. Texts from files reach the page
// as text nodes only: whatever a name holds, it is shown as it is written.

function el(tag, attributes, ...children) {
  const node = document.createElementNS(SVG_TAGS.includes(tag) ? "http://www.w3.org/2000/svg" : "http://www.w3.org/1999/xhtml", tag);
  for (const name of Object.keys(attributes || {})) {
    if (typeof attributes[name] === "function") node.addEventListener(name, attributes[name]);
    else if (attributes[name] !== null && attributes[name] !== false) node.setAttribute(name, attributes[name]);
  }
  return put(node, ...children);
}

/** `children` (texts, nodes, lists of them; null is nothing) at the end of `node`. */
function put(node, ...children) {
  for (const child of children) {
    if (Array.isArray(child)) put(node, ...child);
    else if (child !== null && child !== undefined) node.append(child);
  }
  return node;
}

/** `children` in place of what `node` had. */
function fill(node, ...children) {
  while (node.firstChild) node.removeChild(node.firstChild);
  return put(node, ...children);
}

const SVG_TAGS = ["svg", "path", "rect", "circle", "line"];
const both = (zh, en) => [el("span", { class: "zh" }, zh), el("span", { class: "en", lang: "en" }, en)];
const say = (pair) => both(pair[0], pair[1]);
const code = (text) => el("code", {}, text);
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");
const named = (text) => el("bdi", { lang: "zh-CN" }, text);

const MARKS = { ok: "M5 13l4 4L19 7", bad: "M6 6l12 12M18 6L6 18", open: "M6 12h12" };
const mark = (state) => el("svg", { class: "mark " + state, viewBox: "0 0 24 24", "aria-hidden": "true" },
  el("circle", { cx: 12, cy: 12, r: 12 }), el("path", { d: MARKS[state] }));

const TITLES = {
  pool: ["名册和摘要", "The list and its digest"],
  form: ["名册的格式", "The list is well-formed"],
  seed: ["种子", "The seed"],
  quotas: ["应抽家数", "How many are to be drawn"],
  tickets: ["签号", "The tickets"],
  selection: ["抽中名单", "Who is drawn"],
  teams: ["检查组", "The teams"],
  certificates: ["任务均衡", "Even workload"],
};

/** What a check found when all of it holds. */
const HOLDS = {
  pool: (n) => ["名册各文件和公布的摘要相符。", "The files of the list and the published digest agree."],
  form: (n) => [grouped(n) + " 行名册都合乎格式，编号没有重复。", grouped(n) + " rows are well-formed; no id stands twice."],
  seed: (n) => ["种子由公布的种子文本算出，形式正确。", "The seed follows from the published seed line; its form is right."],
  quotas: (n) => ["各层家数和比例相符，没有少抽。", "Sizes and ratios agree; no stratum is drawn too little."],
  tickets: (n) => [grouped(n) + " 个签号逐个重算，全部相同。", "All " + grouped(n) + " tickets were computed again and agree."],
  selection: (n) => ["各层抽中的名单重新得出，全部相同。", "Who is drawn in each stratum was found again and agrees."],
  teams: (n) => ["检查组重新匹配，全部相同。", "The teams were matched again and agree."],
  certificates: (n) => ["人员之间的任务量已不能更均衡。", "The workload could not be more even."],
};

/** Why a check, or part of it, could not be made. */
const OPEN = {
  "no-pool": ["没有名册文件，不能核对。", "Without the files of the list this cannot be checked."],
  "no-sums": ["没有名册的 SHA256SUMS，不能核对。", "Without the list's SHA256SUMS this cannot be checked."],
  "no-draw": ["还没有公布抽取结果（draw.json），不能核对。", "There is no published result (draw.json) yet to check."],
  "no-tickets": ["没有 tickets.csv，只重算，不能和公布的比较。", "Without tickets.csv there is nothing published to compare with."],
  "no-teams": ["没有 teams.csv，只重算，不能和公布的比较。", "Without teams.csv there is nothing published to compare with."],
  unreadable: ["公布的文件读不懂，没有比较。", "The published file cannot be read; nothing was compared."],
  "not-public": [
    "检查人员名册没有公开，本页不能重算。名册摘要里有它的 SHA-256（见第一项），事后不能换；纪检、上级和法院可以用全部卷宗核验（ssj verify）。",
    "The list of inspectors is not public, so this page cannot match teams again. Its SHA-256 is part of the list's digest (first line), "
      + "so it cannot be exchanged afterwards; supervisors and courts can check the whole file (ssj verify).",
  ],
  "not-public certificates": ["检查人员没有公开，同上一项。", "Inspectors are not public, as above."],
  missing: ["有的名册文件不在这里，没有核对。", "Some files of the list are not here and were not checked."],
};

const unit = (f) => [named(f.where.name || f.where.subject || ""), "（" + (f.where.stratum || "") + "/" + (f.where.subject || "") + "）"];
const WHY = {
  bom: ["文件开头有多余的字节（BOM）。", "The file begins with a byte order mark."],
  utf8: ["文件不是 UTF-8 文字。", "The file is not UTF-8 text."],
  crlf: ["行尾被改成了 Windows 的换行，字节和公布的不同。", "The line ends were changed to those of Windows."],
  unfinished: ["文件的最后一行不完整。", "The last line is cut off."],
  quote: ["引号不成对。", "A quotation mark is in the wrong place."],
  columns: ["这一行的栏数不对。", "This row has the wrong number of columns."],
  heading: ["表头不对。", "The heading is wrong."],
  json: ["文件读不懂。", "The file cannot be read."],
  rules: ["规则文件的内容不对。", "The rules are not as the protocol has them."],
  id: ["编号的写法不对。", "An id has the wrong form."],
  number: ["这里应是一个数。", "This should be a number."],
  flag: ["这里应是 0 或 1。", "This should be 0 or 1."],
  stratum: ["没有这个抽查层。", "There is no such stratum."],
  twice: ["同一个编号出现了两次。", "The same id stands twice."],
  unsorted: ["没有按编号排列。", "The rows are not in order."],
  "pool-digest": ["名册摘要和公布的不同：这不是封存的那份名册。", "The digest is not the published one: this is not the list that was sealed."],
  "pool-file": ["这个文件的内容和封存时不同。", "This file is not what it was when the list was sealed."],
  "sums-names": ["名册应有的文件和列出的不同。", "The files listed are not those that a list has."],
  "sums-form": ["这一行的写法不对。", "This line has the wrong form."],
  protocol: ["抽取规程的版本不对。", "The version of the protocol is another one."],
  "seed-line": ["种子文本的写法不对。", "The seed line has the wrong form."],
  "seed-draw": ["种子文本里的抽取编号不是这一次的。", "The seed line names another draw."],
  "seed-sources": ["列出的种子来源和种子文本不同。", "The listed sources are not those of the seed line."],
  "seed-source": ["种子来源的写法、号码范围或次序不对。", "A source has the wrong form, range or order."],
  "seed-digest": ["种子不是由公布的种子文本算出的。", "The seed does not follow from the published seed line."],
  "seed-grade": ["种子的等级写高了。", "The seed's grade is claimed too high."],
  "seed-announced": ["用的号码不是事先公布的那几期。", "The numbers are not of the issues that were announced."],
  "seed-key": ["密钥和事先公布的摘要不符。", "The key does not fit the digest that was published before."],
  strata: ["抽查层的个数不同。", "The number of strata differs."],
  population: ["名册里这一层的家数和写明的不同。", "The stratum has another size than stated."],
  must: ["名册里这一层的必查家数和写明的不同。", "The number of those always drawn differs."],
  ratio: ["抽查比例读不懂。", "The ratio cannot be read."],
  "quota-low": ["应抽家数低于公布的比例。", "The quota is below the published ratio."],
  "quota-high": ["应抽家数多于名册家数。", "The quota exceeds the list."],
  "draw-quota": ["公布的应抽家数和名册里的不同。", "The published quota is not that of the sealed list."],
  "draw-stratum": ["公布的抽查层情况和名册里的不同。", "What is published of the stratum is not what the sealed list says."],
  ticket: ["签号和重算的不同。", "The ticket is not the one computed again."],
  "ticket-name": ["名称和名册里的不同。", "The name is not that of the sealed list."],
  "ticket-order": ["没有按签号从小到大排列。", "The rows are not in ticket order."],
  "ticket-missing": ["名册里有这一家，公布的签号表里没有。", "It is on the list, but missing from the published tickets."],
  "ticket-extra": ["公布的签号表里有这一家，名册里没有。", "It has a published ticket, but is not on the list."],
  "ticket-twice": ["在公布的签号表里出现了两次。", "It stands twice in the published tickets."],
  drawn: ["公布为抽中，按规则没有抽中。", "It is published as drawn, but the rules do not draw it."],
  "not-drawn": ["按规则抽中，公布的名单里没有。", "The rules draw it, but it is not published as drawn."],
  why: ["抽中的原因和重算的不同。", "The reason for which it is drawn differs."],
  "drawn-number": ["公布的抽中家数和重算的不同。", "The published number of drawn units differs."],
  infeasible: ["按规则排不出合法的检查组。", "By the rules there are no lawful teams."],
  "visits-number": ["检查的次数不同。", "The number of visits differs."],
  team: ["检查组和重新匹配的不同。", "The team is not the one matched again."],
  "team-missing": ["应有的检查没有公布。", "A visit is missing from what is published."],
  "team-extra": ["公布了一次按规则没有的检查。", "A visit is published that the rules do not have."],
  load: ["人员的检查次数不同。", "An inspector's number of visits differs."],
  certificate: ["任务量不均衡的证明不成立。", "The proof that the load could not be more even does not hold."],
};

const WHYS = {
  must: ["必查", "always drawn"], coverage: ["全覆盖", "coverage"], random: ["按签号抽中", "drawn by ticket"], "": ["没有抽中", "not drawn"],
};

/** Where a fault stands and what it is: nodes in both languages. */
function faultNodes(fault) {
  const where = fault.where, why = WHY[fault.why] || WHY[fault.why.split("-")[0]] || [fault.why, fault.why];
  const place = where.file ? [where.file, where.row ? both("，第 " + where.row + " 行", ", row " + where.row) : null, both("：", ": ")] : null;
  const who = where.subject ? [unit(fault), both("：", ": ")] : where.stratum || where.visit || where.inspector
    ? [code(where.stratum || where.visit || where.inspector), both("：", ": ")] : null;
  const told = (value) => (["not-drawn", "drawn", "why"].includes(fault.why) ? say(WHYS[value] || WHYS[""]) : code(value || "—"));
  const compared = fault.expected || fault.found ? el("dl", { class: "compared" },
    el("dt", {}, both("重算", "Computed")), el("dd", {}, told(fault.expected)),
    el("dt", {}, both("公布", "Published")), el("dd", {}, told(fault.found))) : null;
  return [el("p", { class: "fault" }, place, who, say(why)), compared];
}

const GRADES = {
  public: [
    "种子是公开的：由名册封存以后才产生的公开号码决定，谁也不能事先知道，也挑选不了。请您自己查证这些号码，并核对它们确实是封存以后才开出的。",
    "The seed is public: it comes from public numbers that did not exist yet when the list was sealed, so nobody could know or choose them. "
      + "Look them up yourself, and see that they came out after the sealing.",
  ],
  local: [
    "种子由抽取所用的计算机产生。结果确实由它得出，但光凭本页不能证明没有反复抽取、再挑一次公布；要看台账和在场的见证。",
    "The seed was made by the computer that ran the draw. The result does follow from it, but this page alone cannot prove that nobody drew "
      + "several times and published one; for that there are the ledger and those who watched.",
  ],
  given: [
    "种子由人输入。结果确实由它得出，但不能证明种子不是挑选过的；要看是谁、当着谁输入的。",
    "The seed was typed by a person. The result does follow from it, but nothing proves that it was not chosen; ask who typed it, and who watched.",
  ],
  few: [
    "种子用了公开号码，但这些号码的变化不到 2 的 40 次方种，或没有事先公布，有人可以一种一种地试。结果确实由它得出，但不能证明种子不是挑选过的。",
    "The seed uses public numbers, but with fewer than 2 to the 40th outcomes, or not announced before: somebody could try them all. "
      + "The result does follow from it, but nothing proves that it was not chosen.",
  ],
};
const GRADE_NAMES = { public: ["公开", "public"], local: ["本机", "local"], given: ["人工给定", "given"] };

/** By kind of source: what it is called, and where anybody finds its numbers. */
const SOURCE_WORDS = {
  ssq: ["中国福利彩票双色球", "China Welfare Lottery, Double Colour Ball",
    "每周二、四、日晚开奖，中国福利彩票的网站、电视和彩票站公布，可按期号查。", "Drawn on Tuesday, Thursday and Sunday evenings; published by the lottery, on television and in its shops, by issue."],
  dlt: ["中国体育彩票大乐透", "China Sports Lottery, Super Lotto",
    "每周一、三、六晚开奖，中国体育彩票的网站、电视和彩票站公布，可按期号查。", "Drawn on Monday, Wednesday and Saturday evenings; published by the lottery, on television and in its shops, by issue."],
  pl5: ["中国体育彩票排列5", "China Sports Lottery, Permutation 5", "每天开奖，中国体育彩票公布，可按期号查。", "Drawn daily; published by the lottery, by issue."],
  fc3d: ["中国福利彩票3D", "China Welfare Lottery, 3D", "每天开奖，中国福利彩票公布，可按期号查。", "Drawn daily; published by the lottery, by issue."],
  dice: ["当众掷出的十面骰", "Ten-sided dice, thrown in public", "当场记录；在场的人可以作证。", "Written down on the spot; those present can testify."],
  drand: ["drand 公共随机数（quicknet）", "drand public randomness (quicknet)",
    "由多国机构共同产生，每轮的值永远公开，可按轮数查。", "Made jointly by organisations of several countries; every round stays public, by number."],
  key: ["密钥（事先公布摘要，抽取后公开）", "A key (its digest was published before, the key after)",
    "本页核对它的 SHA-256 是不是事先公布的那个。", "This page checks that its SHA-256 is the one published before."],
  local: ["本机随机数", "Random number of the computer", "由抽取所用计算机的操作系统产生，别处查不到。", "Made by the operating system of the computer that ran the draw; nobody else has it."],
  given: ["人工输入", "Typed by hand", "由现场人员输入。", "Typed by somebody present."],
  "": ["不认识的来源", "Unknown source", "", ""],
};
