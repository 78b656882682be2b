// ── §2 The seed ──

const ENOUGH = Math.pow(2, 40);

function balls(text, most) {
  const found = text.match(/../g) || [];
  return found.every((ball, n) => ball >= "01" && ball <= most && (n === 0 || found[n - 1] < ball));
}

function lottery(form, first, second, outcomes) {
  return (rest) => {
    const found = form.exec(rest);
    return found && balls(found[2], first) && balls(found[3], second) ? outcomes : 0;
  };
}

/** By kind of source: how many outcomes it has, 0 where its form is wrong. All products stay exact: see `outcomes`. */
const SOURCES = {
  ssq: lottery(/^([0-9]{7}):([0-9]{12})\+([0-9]{2})$/, "33", "16", 1107568 * 16),
  dlt: lottery(/^([0-9]{5}):([0-9]{10})\+([0-9]{4})$/, "35", "12", 324632 * 66),
  pl5: (rest) => (/^[0-9]{5}:[0-9]{5}$/.test(rest) ? 1e5 : 0),
  fc3d: (rest) => (/^[0-9]{7}:[0-9]{3}$/.test(rest) ? 1e3 : 0),
  dice: (rest) => (/^[0-9]+$/.test(rest) ? Math.pow(10, Math.min(rest.length, 13)) : 0),
  drand: (rest) => (/^[1-9][0-9]*:[0-9a-f]{64}$/.test(rest) ? ENOUGH : 0),
  key: (rest) => (HEX64.test(rest) ? 1 : 0),
  local: (rest) => (HEX64.test(rest) ? 1 : 0),
  given: (rest) => (rest && FIELD.test("given:" + rest) ? 1 : 0),
};

/** One source, taken apart: kind, what follows, how many outcomes (0: not as the protocol wants it). */
function source(text) {
  const at = text.indexOf(":");
  const kind = at < 0 ? text : text.slice(0, at), rest = at < 0 ? "" : text.slice(at + 1);
  const known = Object.prototype.hasOwnProperty.call(SOURCES, kind);
  return { text, kind: known ? kind : "", rest, outcomes: known && at > 0 && FIELD.test(text) ? SOURCES[kind](rest) : 0 };
}

/** What was announced before the numbers were known: "ssq:2026099", "dice:13", "drand:123". */
function announcedForm(one) {
  return one.kind === "dice" ? "dice:" + one.rest.length : one.kind + ":" + one.rest.split(":")[0];
}

/** The best grade that these sources can have: whether they were announced in time, only papers can tell. */
function bestGrade(sources) {
  if (sources.some((one) => one.kind === "given")) return "given";
  if (sources.some((one) => one.kind === "local")) return "local";
  const number = sources.reduce((product, one) => Math.min(ENOUGH, product * one.outcomes), 1);
  return number >= ENOUGH ? "public" : "given";
}
