// `verification` is a generator: it yields {stage, done, total} now and then, so that a page can go on answering, and
// returns the report. Nothing here touches the screen.

// ── The verification: every check counts what it looked at, and keeps the first thing that does not hold ──

const CHECKS = ["pool", "form", "seed", "quotas", "tickets", "selection", "teams", "certificates"];

class Check {
  constructor(id) {
    this.id = id;
    this.count = 0;
    this.failing = 0;
    this.first = null;
    this.unchecked = "";
  }

  bad(fault) {
    this.count++;
    this.failing++;
    this.first = this.first || fault;
  }

  same(why, where, expected, found) {
    if (expected === found) this.count++;
    else this.bad(Fault(why, where, expected, found));
    return expected === found;
  }

  get state() {
    return this.failing ? "bad" : this.count && !this.unchecked ? "ok" : "open";
  }
}

/** `files`: path → text or bytes. `facts`: what else was published: {withheld, pool_digest, announced, key_commitment}. */
function* verification(files, facts) {
  const report = { checks: {}, sums: [], strata: [], order: {}, sources: [], draw: null, pool: null, teams: null };
  CHECKS.forEach((id) => (report.checks[id] = new Check(id)));
  const checks = report.checks;
  /** What `work` gives; null where it could not be read, which `check` then says. */
  function* attempt(check, work) {
    try {
      return yield* work;
    } catch (wrong) {
      if (!(wrong instanceof Unreadable)) throw wrong;
      check.bad(wrong.fault);
      return null;
    }
  }
  const has = (name) => files[name] !== undefined;
  report.draw = has(DRAW) ? yield* attempt(checks.seed, (function* () { return parsedJson(DRAW, files[DRAW]); })()) : null;
  yield* checkPool(report, files, facts);
  const whole = [RULES, "pool/strata.csv", "pool/subjects.csv", "pool/excluded.csv"].every(has);
  report.pool = whole ? yield* attempt(checks.form, readPool(files)) : null;
  if (report.pool) checks.form.count += report.pool.subjects.length + (report.pool.inspectors || []).length;
  else checks.form.unchecked = "no-pool";
  if (report.draw) checkSeed(report, facts);
  else checks.seed.unchecked = "no-draw";
  if (!report.pool) {
    ["quotas", "tickets", "selection", "teams", "certificates"].forEach((id) => (checks[id].unchecked = "no-pool"));
    return report;
  }
  const members = byStratum(report.pool);
  checkQuotas(report, members);
  if (!report.draw) {
    ["tickets", "selection", "teams", "certificates"].forEach((id) => (checks[id].unchecked = "no-draw"));
    return report;
  }
  const T = ticketsOf(report.seed);
  let before = 0;
  for (const each of report.pool.strata) {
    const tell = (done) => ({ stage: "tickets", done: before + done, total: report.pool.subjects.length });
    report.order[each.stratum] = yield* select(members.get(each.stratum), report.pool.rules, each.stratum, each.quota, T, tell);
    before += members.get(each.stratum).length;
  }
  const published = has("result/tickets.csv")
    ? yield* attempt(checks.tickets, records("result/tickets.csv", files["result/tickets.csv"])) : null;
  yield* checkTickets(report, published, has("result/tickets.csv"));
  const teams = has("result/teams.csv")
    ? yield* attempt(checks.teams, records("result/teams.csv", files["result/teams.csv"])) : null;
  yield* checkTeams(report, teams, T);
  return report;
}

function* checkPool(report, files, facts) {
  const check = report.checks.pool, withheld = facts.withheld || [];
  if (files[SUMS] === undefined) {
    check.unchecked = "no-sums";
    return;
  }
  const sums = bytesOf(files[SUMS]), lines = new TextDecoder().decode(sums).split("\n");
  report.digest = sha256(sums);
  const digests = [report.draw && report.draw.pool_digest, facts.pool_digest].filter((one) => one);
  for (const digest of digests) check.same("pool-digest", { file: SUMS }, digest, report.digest);
  if (!digests.length) check.unchecked = "no-draw";
  const named = lines.slice(0, -1).map((line) => line.slice(66));
  check.same("sums-names", { file: SUMS }, POOL_FILES.join(" "), named.join(" "));
  for (let n = 0; n < lines.length - 1; n++) {
    const line = lines[n], name = line.slice(66), file = "pool/" + name, expected = line.slice(0, 64);
    if (!HEX64.test(expected) || line.slice(64, 66) !== "  ") {
      check.bad(Fault("sums-form", { file: SUMS, row: n + 1 }, "", line));
      continue;
    }
    const state = { name, expected, found: "", withheld: withheld.includes(name) };
    report.sums.push(state);
    if (files[file] !== undefined) {
      state.found = yield* hashed(bytesOf(files[file]));
      check.same("pool-file", { file }, expected, state.found);
      yield { stage: "reading", done: n, total: lines.length };
    } else if (!state.withheld) check.unchecked = "missing " + name;
  }
}

function checkSeed(report, facts) {
  const draw = report.draw, check = report.checks.seed, where = { file: DRAW };
  const line = typeof draw.seed_line === "string" ? draw.seed_line : "";
  const [protocol, word, id, ...texts] = line.split("|");
  report.sources = texts.map(source);
  check.same("protocol", where, "ssj1", draw.protocol);
  check.same("seed-line", where, "ssj1|seed|", protocol + "|" + word + "|");
  if (report.pool) check.same("seed-draw", where, report.pool.rules.draw, id);
  check.same("seed-draw", where, draw.draw, id);
  check.same("seed-sources", where, texts.join("|"), Array.isArray(draw.sources) ? draw.sources.join("|") : "");
  if (!texts.length) check.bad(Fault("seed-source", where, "", line));
  for (const one of report.sources) {
    if (one.outcomes) check.count++;
    else check.bad(Fault("seed-source", where, "", one.text));
  }
  report.seed = sha256(line);
  check.same("seed-digest", where, report.seed, draw.seed);
  const worth = { given: 0, local: 1, public: 2 }, best = bestGrade(report.sources);
  report.grade = worth[draw.grade] <= worth[best] ? draw.grade : best;
  check.same("seed-grade", where, report.grade, draw.grade);
  const numbers = report.sources.filter((one) => one.kind !== "key"), keys = report.sources.filter((one) => one.kind === "key");
  if (facts.announced && facts.announced.length) {
    check.same("seed-announced", where, facts.announced.join(" "), numbers.map(announcedForm).join(" "));
  }
  if (facts.key_commitment) {
    const last = keys.length === 1 && report.sources[report.sources.length - 1] === keys[0] ? keys[0].rest : "";
    const bytes = new Uint8Array((last.match(/../g) || []).map((pair) => parseInt(pair, 16)));
    check.same("seed-key", where, facts.key_commitment, last ? sha256(bytes) : "");
  }
}

function byStratum(pool) {
  const members = new Map(pool.strata.map((each) => [each.stratum, []]));
  for (const each of pool.subjects) members.get(each.stratum).push(each);
  return members;
}

function checkQuotas(report, members) {
  const check = report.checks.quotas, told = (report.draw && report.draw.strata) || null;
  if (told) check.same("strata", { file: DRAW }, report.pool.strata.length, told.length);
  report.pool.strata.forEach((each, n) => {
    const subjects = members.get(each.stratum), must = subjects.filter((one) => one.must).length;
    const where = { file: "pool/strata.csv", row: n + 2, stratum: each.stratum };
    const base = subjects.length - (report.pool.rules.must_include === "on-top" ? must : 0);
    const least = each.ratio === "" ? null : rounded(base, each.ratio, each.rounding);
    const line = Object.assign({ least: least === null ? null : Math.min(base, least), where, drawn: 0, published: null }, each);
    report.strata.push(line);
    check.same("population", where, subjects.length, each.population);
    check.same("must", where, must, each.must);
    if (each.ratio !== "" && least === null) check.bad(Fault("ratio", where, "", each.ratio));
    if (line.least !== null && each.quota < line.least) check.bad(Fault("quota-low", where, line.least, each.quota));
    else check.same("quota-high", where, Math.min(base, each.quota), each.quota);
    if (!told || !told[n]) return;
    for (const key of ["stratum", "name", "population", "must", "ratio", "quota"]) {
      check.same("draw-" + (key === "quota" ? key : "stratum"), { file: DRAW, stratum: each.stratum }, each[key], told[n][key]);
    }
  });
}

function* checkTickets(report, published, given) {
  const { tickets, selection } = report.checks, file = "result/tickets.csv", rows = new Map();
  if (!published) tickets.unchecked = selection.unchecked = given ? "unreadable" : "no-tickets";
  (published || []).forEach((row, n) => {
    const key = row[0] + "/" + row[1];
    if (!rows.has(key)) rows.set(key, n);
    else tickets.bad(Fault("ticket-twice", { file, row: n + 2, stratum: row[0], subject: row[1], name: row[2] }, "", key));
  });
  const known = new Set();
  let last = -1, seen = 0;
  for (const line of report.strata) {
    const order = report.order[line.stratum];
    line.drawn = order.filter((one) => one.why).length;
    line.published = published ? 0 : null;
    line.first = null;
    const differs = (fault) => {
      selection.bad(fault);
      line.first = line.first || fault;
    };
    for (let place = 1; place <= order.length && published; place++) {
      const { subject, ticket, why } = order[place - 1], n = rows.get(line.stratum + "/" + subject.subject);
      const where = (row) => ({ file, row, stratum: line.stratum, subject: subject.subject, name: subject.name, place });
      if ((++seen & 4095) === 0) yield { stage: "comparing", done: seen, total: report.pool.subjects.length };
      if (n === undefined) {
        tickets.bad(Fault("ticket-missing", where(), ticket));
        if (why) differs(Fault("not-drawn", where(), why));
        continue;
      }
      const row = published[n];
      if (ticket !== row[3]) tickets.bad(Fault("ticket", where(n + 2), ticket, row[3]));
      else if (subject.name !== row[2]) tickets.bad(Fault("ticket-name", where(n + 2), subject.name, row[2]));
      else if (n < last) tickets.bad(Fault("ticket-order", where(n + 2)));
      else tickets.count++;
      last = Math.max(last, n);
      known.add(n);
      if (row[4] === "1") line.published++;
      if (row[4] !== (why ? "1" : "0")) differs(Fault(why ? "not-drawn" : "drawn", where(n + 2), why, row[5]));
      else if (row[5] !== why) differs(Fault("why", where(n + 2), why, row[5]));
      else selection.count++;
    }
  }
  rows.forEach((n) => {
    if (known.has(n)) return;
    const [stratum, subject, name, ticket, isDrawn] = published[n], where = { file, row: n + 2, stratum, subject, name };
    tickets.bad(Fault("ticket-extra", where, "", ticket));
    if (isDrawn === "1") selection.bad(Fault("drawn", where, "", "1"));
  });
  for (const told of (report.draw && report.draw.strata) || []) {
    const line = report.strata.find((each) => each.stratum === told.stratum);
    if (line) selection.same("drawn-number", { file: DRAW, stratum: told.stratum }, line.drawn, told.drawn);
  }
}

function* checkTeams(report, published, T) {
  const { pool, draw } = report, { teams, certificates } = report.checks;
  if (!pool.inspectors) {
    teams.unchecked = certificates.unchecked = "not-public";
    return;
  }
  const drawn = {};
  for (const each of pool.strata) drawn[each.stratum] = report.order[each.stratum].filter((one) => one.why).map((one) => one.subject.subject);
  const visits = planVisits(pool, drawn), done = yield* pair(visits, pool.inspectors, T);
  const names = (list) => list.map((i) => pool.inspectors[i].inspector).sort();
  report.teams = new Map(done.order.map((visit, t) => [visit.id, { visit, team: names(done.teams[t]) }]));
  report.loads = new Map(pool.inspectors.map((each, i) => [each.inspector, done.load[i]]));
  if (done.stuck.length) {
    teams.bad(Fault("infeasible", { file: "pool/inspectors.csv" }, "", names(Array.from(done.stuck[0])).join(" ")));
    return;
  }
  if (draw.visits !== undefined) teams.same("visits-number", { file: DRAW }, visits.length, draw.visits);
  if (published) compareTeams(report, published);
  else teams.unchecked = "no-teams";
  if (draw.loads) {
    report.loads.forEach((load, id) => teams.same("load", { file: DRAW, inspector: id }, load, draw.loads[id]));
  }
  const start = (set) => Array.from(set).reduce((sum, i) => sum + pool.inspectors[i].load, 0);
  const carried = (set) => Array.from(set).reduce((sum, i) => sum + done.load[i], 0) - start(set);
  const frozen = new Set();
  for (const step of done.steps) {
    step.forEach((i) => frozen.add(i));
    certificates.same("certificate", {}, mustCarry(visits, frozen), carried(frozen));
    const most = Math.max.apply(null, step.map((i) => done.load[i]));
    const uneven = step.find((i) => done.load[i] < most - 1 && done.load[i] !== pool.inspectors[i].cap);
    certificates.same("certificate-inside", {}, undefined, uneven);
    yield { stage: "teams", done: 0, total: 0 };
  }
  const rest = done.load.filter((_, i) => !frozen.has(i));
  certificates.same("certificate-rest", {}, true, !rest.length || Math.max.apply(null, rest) - Math.min.apply(null, rest) < 2);
  const number = new Map(pool.inspectors.map((each, i) => [each.inspector, i]));
  for (const [n, each] of (draw.unevenness || []).entries()) {
    const set = new Set(each.inspectors.map((id) => number.get(id))), where = { file: DRAW, row: n + 1 };
    if (set.has(undefined)) certificates.bad(Fault("certificate-who", where, "", each.inspectors.join(" ")));
    else if (certificates.same("certificate", where, mustCarry(visits, set), carried(set))) {
      certificates.same("certificate-places", where, carried(set), each.places);
    }
  }
}

function compareTeams(report, published) {
  const check = report.checks.teams, file = "result/teams.csv", found = new Map();
  published.forEach(([visit, inspector], n) => {
    if (!found.has(visit)) found.set(visit, { row: n + 2, team: [] });
    found.get(visit).team.push(inspector);
  });
  for (const id of Array.from(report.teams.keys()).sort()) {
    const there = found.get(id), expected = report.teams.get(id).team.join(" ");
    if (there) check.same("team", { file, row: there.row, visit: id }, expected, there.team.sort().join(" "));
    else check.bad(Fault("team-missing", { file, visit: id }, expected));
  }
  found.forEach(({ row, team }, visit) => {
    if (!report.teams.has(visit)) check.bad(Fault("team-extra", { file, row, visit }, "", team.join(" ")));
  });
}

/** Run a generator to its end, for programs that need not stay responsive. */
function finished(generator) {
  for (;;) {
    const step = generator.next();
    if (step.done) return step.value;
  }
}
