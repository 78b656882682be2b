// The page: run the verification without ever blocking the screen, then show verdict, checks and details.

const own = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
let running = 0;

const STAGES = {
  reading: ["正在读名册", "Reading the list"],
  tickets: ["正在重算签号", "Computing the tickets"],
  comparing: ["正在比较", "Comparing"],
  teams: ["正在重新匹配检查组", "Matching the teams"],
};

/** Check `files`; a later call takes the place of one that is still running. */
function check(files, facts) {
  const me = ++running, work = verification(files, facts), begun = Date.now();
  const bar = el("progress", { max: 1, value: 0, "aria-labelledby": "stage" }), stage = el("span", { id: "stage" });
  at("verdict").className = "card";
  fill(at("verdict"), el("p", {}, both("正在核验：", "Checking: "), stage), bar);
  at("result").hidden = true;
  let told = "";
  const slice = () => {
    if (me !== running) return;
    const until = Date.now() + 40;
    let step;
    try {
      do step = work.next(); while (!step.done && Date.now() < until);
    } catch (wrong) {
      at("verdict").className = "card bad";
      document.documentElement.dataset.verdict = "bad";
      fill(at("verdict"), el("h2", {}, mark("bad"), both("文件读不懂，不能核验", "The files cannot be read")), el("p", {}, code(String(wrong))));
      return;
    }
    if (step.done) {
      show(step.value, facts, Date.now() - begun);
      return;
    }
    const { stage: name, done, total } = step.value || {};
    if (name && STAGES[name]) {
      if (name !== told) fill(stage, say(STAGES[name]));
      told = name;
      if (total) bar.value = done / total;
    }
    setTimeout(slice, 0);
  };
  setTimeout(slice, 0);
}

function show(report, facts, milliseconds) {
  showVerdict(report, facts, milliseconds);
  showChecks(report, facts);
  showUnits(report);
  at("result").hidden = false;
  document.documentElement.dataset.verdict = verdictOf(report);
}

function verdictOf(report) {
  const states = CHECKS.map((id) => report.checks[id]);
  if (states.some((one) => one.failing)) return "bad";
  if (!report.draw) return "sealed";
  return states.every((one) => !one.unchecked || one.unchecked === "not-public") ? "ok" : "open";
}

function showVerdict(report, facts, milliseconds) {
  const verdict = verdictOf(report), bad = CHECKS.map((id) => report.checks[id]).filter((one) => one.failing);
  const subjects = report.pool ? report.pool.subjects.length : 0;
  const drawn = report.strata.reduce((sum, each) => sum + each.drawn, 0);
  const teams = report.teams ? report.teams.size : 0, closed = report.checks.teams.unchecked === "not-public";
  const nodes = [];
  at("verdict").className = "card " + (verdict === "ok" ? "ok" : verdict === "bad" ? "bad" : "open");
  if (verdict === "ok") {
    nodes.push(el("h2", {}, mark("ok"), both("相符：重算的结果和公布的完全一样", "It agrees: computed again, the result is the published one")));
    nodes.push(el("p", {}, both(
      `您的浏览器刚才用公开的名册和种子重算了 ${grouped(subjects)} 个签号、${report.strata.length} 个抽查层、${grouped(drawn)} 项抽中任务`
        + (teams ? `和 ${grouped(teams)} 个检查组` : "") + "，没有一处不同。",
      `From the public list and seed your browser has just computed ${grouped(subjects)} tickets, ${report.strata.length} strata, ${grouped(drawn)} drawn tasks`
        + (teams ? ` and ${grouped(teams)} teams` : "") + " again. Nothing differs.")));
    if (closed) nodes.push(el("p", {}, both("检查人员没有公开，检查组不在本页核验之内。", "Inspectors are not public: the teams are not part of what this page checks.")));
  } else if (verdict === "bad") {
    nodes.push(el("h2", {}, mark("bad"), both("不相符：有和公布的不一样的地方", "It does not agree: something differs from what is published")));
    nodes.push(el("ul", { class: "wrong" }, bad.map((one) => el("li", {}, el("strong", {}, say(TITLES[one.id])),
      one.failing > 1 ? both(`（${grouped(one.failing)} 处，第一处）`, ` (${grouped(one.failing)}, the first)`) : null, faultNodes(one.first)))));
    nodes.push(el("p", {}, both("请把本页给公示的机关看，也可以向上级机关或纪检监察机关反映。", "Show this page to the authority that published it, or to those who supervise it.")));
  } else if (verdict === "sealed") {
    nodes.push(el("h2", {}, mark("open"), both("名册已经封存，还没有公布抽取结果", "The list is sealed; no result is published yet")));
    nodes.push(el("p", {}, both(`名册里有 ${grouped(subjects)} 行。您可以现在就查自己在不在名册里，并记下名册摘要：抽取以后名册就不能再改。`,
      `The list has ${grouped(subjects)} rows. See now whether you are on it, and keep its digest: after the draw nobody can change the list.`)));
    nodes.push(el("p", {}, code(report.digest || "")));
  } else {
    nodes.push(el("h2", {}, mark("open"), both("能核对的都相符，但文件不全", "What could be checked agrees, but files are missing")));
    const open = CHECKS.map((id) => report.checks[id]).filter((one) => one.unchecked);
    nodes.push(el("ul", {}, open.map((one) => el("li", {}, say(TITLES[one.id]), both("：", ": "), openWords(one)))));
  }
  if (report.draw && GRADE_NAMES[report.grade]) {
    const few = report.grade === "given" && !report.sources.some((one) => one.kind === "given");
    nodes.push(el("p", { class: "grade" }, el("span", { class: "pill " + report.grade }, both("种子等级：", "Grade of the seed: "), say(GRADE_NAMES[report.grade])),
      say(GRADES[few ? "few" : report.grade])));
  }
  if (facts.void) {
    nodes.unshift(el("p", { class: "void" }, both(`注意：这次抽取已经作废（${facts.void}）。`, `Note: this draw was declared void (${facts.void}).`)));
  }
  const seconds = (milliseconds / 1000).toFixed(1);
  nodes.push(el("p", { class: "small" }, both(`用时 ${seconds} 秒，全部在您的浏览器里计算，没有联网。`, `${seconds} seconds, all in your browser, without any network.`)));
  fill(at("verdict"), nodes);
}

function openWords(one) {
  const [why, file] = one.unchecked.split(" ");
  return [say(OPEN[`${why} ${one.id}`] || OPEN[why] || OPEN.missing), file ? code(file) : null];
}

function showChecks(report, facts) {
  const details = {
    pool: poolDetails, seed: seedDetails, selection: strataDetails, tickets: ticketDetails, teams: teamDetails, certificates: evenDetails,
  };
  fill(at("list"), CHECKS.map((id) => {
    const one = report.checks[id], state = one.state;
    const words = state === "bad" ? both("不相符", "does not agree") : one.unchecked ? openWords(one) : say(HOLDS[id](one.count));
    return el("details", { class: "check " + state, id: "check-" + id, open: state === "bad" ? "" : null },
      el("summary", {}, mark(state), el("strong", {}, say(TITLES[id])), el("span", { class: "said" }, words)),
      el("div", { class: "inside" }, state === "bad" ? faultNodes(one.first) : null, details[id] ? details[id](report, facts) : plainDetails(id, one)));
  }));
}
