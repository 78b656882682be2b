// ── §4 Quotas ──

/** `ratio` of `number` under `rounding`, in whole numbers only; null where there is no ratio. */
function rounded(number, ratio, rounding) {
  const percent = /^([0-9]{1,3})(?:\.([0-9]{1,6}))?%$/.exec(ratio), part = /^([0-9]{1,6})\/([1-9][0-9]{0,5})$/.exec(ratio);
  if (!percent && !part) return null;
  const p = percent ? Number(percent[1] + (percent[2] || "")) : Number(part[1]);
  const q = percent ? 100 * Math.pow(10, (percent[2] || "").length) : Number(part[2]);
  const whole = (a, b) => (a - (a % b)) / b;
  if (rounding === "half-up") return whole(2 * number * p + q, 2 * q);
  return rounding === "floor" ? whole(number * p, q) : whole(number * p + q - 1, q);
}

// ── §5 Which subjects ──

/** The subjects of a stratum in ticket order: {subject, ticket, why}; `why` is blank for those not drawn. */
function* select(subjects, rules, stratum, quota, T, tell) {
  const scope = rules.tickets === "shared" ? "shared" : stratum;
  const order = [];
  for (const subject of subjects) {
    order.push({ subject, ticket: T("object", scope, subject.subject), why: subject.must ? "must" : "" });
    if ((order.length & 1023) === 0) yield tell(order.length);
  }
  order.sort((a, b) => (a.ticket < b.ticket ? -1 : a.ticket > b.ticket ? 1 : 0));
  yield tell(order.length);
  const must = order.filter((one) => one.why).length;
  let drawn = must;
  const take = (from, wanted, why) => {
    for (const one of from) {
      if (wanted <= 0) return;
      if (one.why) continue;
      one.why = why;
      drawn++;
      wanted--;
    }
  };
  for (let h = 1; rules.coverage && h <= rules.coverage.years; h++) {
    const due = order.filter((one) => one.subject.left !== null && one.subject.left <= h);
    take(due, Math.ceil(due.length / h) - due.filter((one) => one.why).length, "coverage");
  }
  const asked = rules.must_include === "within" ? Math.max(must, quota) : must + quota;
  take(order, Math.min(order.length, asked) - drawn, "random");
  return order;
}

// ── §6 Visits, and who may do them (E and L of §7) ──

function lawful(pool) {
  const team = pool.rules.team, kinds = new Map(), barred = new Map();
  const specialty = new Map(pool.strata.map((each) => [each.stratum, each.specialty]));
  const number = new Map(pool.inspectors.map((each, n) => [each.inspector, n]));
  for (const each of pool.conflicts) {
    if (!number.has(each.inspector)) continue;
    if (!barred.has(each.subject)) barred.set(each.subject, new Set());
    barred.get(each.subject).add(number.get(each.inspector));
  }
  return function (subject, strata, department) {
    const need = Array.from(new Set(strata.map((code) => specialty.get(code)))).sort();
    const name = [department, team.area === "any" ? "" : subject.area].concat(need).join("|");
    if (!kinds.has(name)) {
      const E = [], L = [];
      pool.inspectors.forEach((each, n) => {
        if (each.agency !== department) return;
        if (team.area !== "any" && each.areas.includes(subject.area) !== (team.area === "own")) return;
        const holds = need.every((code) => each.specialties.includes(code));
        if (team.specialty === "every" && !holds) return;
        E.push(n);
        if ((team.specialty !== "one" || holds) && (!team.lead || each.lead)) L.push(n);
      });
      kinds.set(name, kindOf(E, L, pool.inspectors.length));
    }
    return { kind: kinds.get(name), barred: barred.get(subject.subject) || null };
  };
}

/** E and L as lists and for asking. */
function kindOf(E, L, inspectors) {
  const inE = new Uint8Array(inspectors), inL = new Uint8Array(inspectors);
  E.forEach((i) => (inE[i] = 1));
  L.forEach((i) => (inL[i] = 1));
  return { E, L, inE, inL };
}

const able = (list, barred) => (barred ? list.filter((i) => !barred.has(i)).length : list.length);

/** The visits of what was drawn (stratum → subjects): {id, subject, strata, places, kind, barred}. */
function planVisits(pool, drawn) {
  const rules = pool.rules, may = lawful(pool), tasks = new Map(), visits = [], first = new Map();
  for (const each of pool.subjects) if (!first.has(each.subject)) first.set(each.subject, each);
  const seats = (stratum) => {
    const joint = rules.departments && rules.departments[stratum];
    return joint ? Object.keys(joint).map((code) => [code, joint[code]]) : [[rules.agency, rules.team.size]];
  };
  const alike = (a, b) => JSON.stringify(seats(a)) === JSON.stringify(seats(b));
  for (const each of pool.strata) {
    for (const subject of drawn[each.stratum] || []) {
      if (!tasks.has(subject)) tasks.set(subject, []);
      tasks.get(subject).push(each.stratum);
    }
  }
  tasks.forEach((strata, id) => {
    const subject = first.get(id), groups = [];
    const spare = (group) => seats(group[0]).every(([department, places]) => {
      const { kind, barred } = may(subject, group, department);
      return able(kind.E, barred) > places && able(kind.L, barred) > 0;
    });
    for (const stratum of strata) {
      const fits = (group) => rules.visits === "merge" && alike(group[0], stratum) && spare(group.concat(stratum));
      const group = groups.find(fits);
      if (group) group.push(stratum);
      else groups.push([stratum]);
    }
    groups.forEach((group, n) => {
      const name = rules.visits === "separate" ? group[0] + "/" + id : n ? id + "/" + (n + 1) : id;
      const places = seats(group[0]);
      for (const [department, number] of places) {
        const visit = { id: places.length > 1 ? name + ":" + department : name, subject: id, strata: group, places: number };
        visits.push(Object.assign(visit, may(subject, group, department)));
      }
    });
  });
  return visits;
}
