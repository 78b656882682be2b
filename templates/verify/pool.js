// ── §3 The pool ──

const COLUMNS = {
  "pool/strata.csv": ["stratum", "name", "specialty", "population", "must", "ratio", "rounding", "quota"],
  "pool/subjects.csv": ["stratum", "subject", "name", "area", "must", "left"],
  "pool/inspectors.csv": ["inspector", "agency", "specialties", "lead", "load", "cap", "areas"],
  "pool/conflicts.csv": ["inspector", "subject"],
  "pool/excluded.csv": ["stratum", "subject", "name", "reason"],
  "result/tickets.csv": ["stratum", "subject", "name", "ticket", "drawn", "why"],
  "result/teams.csv": ["visit", "inspector", "name"],
};
const SUMS = "pool/SHA256SUMS", RULES = "pool/rules.json", DRAW = "result/draw.json";
const POOL_FILES = ["conflicts.csv", "excluded.csv", "inspectors.csv", "rules.json", "strata.csv", "subjects.csv"];

/** What stands where something does not hold; `where`: {file, row, stratum, subject, name, visit}, as far as known. */
function Fault(why, where, expected, found) {
  const shown = (value) => (value === undefined || value === null ? "" : String(value).slice(0, 300));
  return { why, where: where || {}, expected: shown(expected), found: shown(found) };
}

class Unreadable {
  constructor(fault) {
    this.fault = fault;
  }
}

function textOf(file, content) {
  if (typeof content === "string") {
    if (content.charCodeAt(0) === 0xfeff) throw new Unreadable(Fault("bom", { file }));
    return content;
  }
  if (content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf) throw new Unreadable(Fault("bom", { file }));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch (wrong) {
    throw new Unreadable(Fault("utf8", { file }));
  }
}

/** The records of a CSV file (RFC 4180, LF), each an array of texts; its heading must be `columns`. */
function* records(file, content) {
  const columns = COLUMNS[file], text = textOf(file, content), rows = [];
  const wrong = (why, row, expected, found) => new Unreadable(Fault(why, { file, row }, expected, found));
  if (!text.endsWith("\n")) throw wrong("unfinished", text.split("\n").length);
  let row = [], at = 0;
  while (at < text.length) {
    let cell;
    if (text[at] === '"') {
      cell = "";
      for (;;) {
        const end = text.indexOf('"', at + 1);
        if (end < 0) throw wrong("quote", rows.length + 1);
        cell += text.slice(at + 1, end);
        at = end + 1;
        if (text[at] !== '"') break;
        cell += '"';
      }
    } else {
      const comma = text.indexOf(",", at), line = text.indexOf("\n", at);
      const end = comma >= 0 && comma < line ? comma : line;
      cell = text.slice(at, end);
      if (cell.endsWith("\r")) throw wrong("crlf", rows.length + 1);
      if (cell.indexOf('"') >= 0) throw wrong("quote", rows.length + 1);
      at = end;
    }
    row.push(cell);
    if (text[at] === "\n") {
      if (row.length !== columns.length) throw wrong("columns", rows.length + 1, columns.length, row.length);
      rows.push(row);
      row = [];
      if ((rows.length & 4095) === 0) yield { stage: "reading", done: at, total: text.length };
    } else if (text[at] !== ",") throw wrong(text[at] === "\r" ? "crlf" : "quote", rows.length + 1);
    at++;
  }
  const heading = rows.shift() || [];
  if (heading.join() !== columns.join()) throw wrong("heading", 1, columns.join(), heading.join());
  return rows;
}

function parsedJson(file, content) {
  try {
    const value = JSON.parse(textOf(file, content));
    if (value && typeof value === "object") return value;
  } catch (wrong) {
    if (wrong instanceof Unreadable) throw wrong;
  }
  throw new Unreadable(Fault("json", { file }));
}

/** The pool as values: ids, codes, numbers and their order are checked; the first that is wrong ends the reading. */
function* readPool(files) {
  const rules = parsedJson(RULES, files[RULES]);
  const pool = { rules, strata: [], subjects: [], excluded: [], inspectors: null, conflicts: null };
  const wrong = (why, file, row, expected, found) => new Unreadable(Fault(why, { file, row }, expected, found));
  const number = (text, file, row, blank) => {
    if (blank && text === "") return null;
    if (!NUMBER.test(text)) throw wrong("number", file, row, "", text);
    return Number(text);
  };
  const flag = (text, file, row) => {
    if (text !== "0" && text !== "1") throw wrong("flag", file, row, "0, 1", text);
    return text === "1";
  };
  const match = (form, text, file, row) => {
    if (!form.test(text)) throw wrong("id", file, row, "", text);
    return text;
  };
  function* table(name, width, make) {
    const file = "pool/" + name, rows = yield* records(file, files[file]), made = [];
    let last = "";
    for (let n = 0; n < rows.length; n++) {
      const key = rows[n].slice(0, width).join("\u0000");
      if (width && n && !(last < key)) throw wrong(last === key ? "twice" : "unsorted", file, n + 2, "", rows[n][width - 1]);
      last = key;
      made.push(make(rows[n], file, n + 2));
      if ((n & 4095) === 4095) yield { stage: "reading", done: n, total: rows.length };
    }
    return made;
  }
  const team = rules.team || {};
  const known = rules.protocol === "ssj1" && ["shared", "independent"].includes(rules.tickets)
    && ["within", "on-top"].includes(rules.must_include) && ["merge", "separate"].includes(rules.visits)
    && ["every", "one", "any"].includes(team.specialty) && ["any", "own", "other"].includes(team.area)
    && typeof team.lead === "boolean" && Number.isInteger(team.size) && team.size > 0
    && (rules.coverage === null || (rules.coverage && rules.coverage.years > 0 && rules.coverage.years < 1000))
    && CODE.test(rules.draw) && CODE.test(rules.agency);
  if (!known) throw wrong("rules", RULES);
  pool.strata = yield* table("strata.csv", 0, (r, file, row) => ({
    stratum: match(CODE, r[0], file, row), name: r[1], specialty: r[2], population: number(r[3], file, row),
    must: number(r[4], file, row), ratio: r[5], rounding: r[6], quota: number(r[7], file, row),
  }));
  const codes = new Set();
  pool.strata.forEach((each, n) => {
    if (codes.has(each.stratum)) throw wrong("twice", "pool/strata.csv", n + 2, "", each.stratum);
    codes.add(each.stratum);
  });
  pool.subjects = yield* table("subjects.csv", 2, (r, file, row) => {
    if (!codes.has(r[0])) throw wrong("stratum", file, row, "", r[0]);
    return {
      stratum: r[0], subject: match(ID, r[1], file, row), name: r[2], area: r[3],
      must: flag(r[4], file, row), left: number(r[5], file, row, true),
    };
  });
  pool.excluded = yield* table("excluded.csv", 0, (r) => ({ stratum: r[0], subject: r[1], name: r[2], reason: r[3] }));
  if (files["pool/inspectors.csv"] !== undefined && files["pool/conflicts.csv"] !== undefined) {
    const list = (text) => (text === "" ? [] : text.split(";"));
    pool.inspectors = yield* table("inspectors.csv", 1, (r, file, row) => ({
      inspector: match(ID, r[0], file, row), agency: r[1], specialties: list(r[2]), lead: flag(r[3], file, row),
      load: number(r[4], file, row), cap: number(r[5], file, row, true), areas: list(r[6]),
    }));
    pool.conflicts = yield* table("conflicts.csv", 2, (r) => ({ inspector: r[0], subject: r[1] }));
  }
  return pool;
}
