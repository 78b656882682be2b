// ── §7 Teams: deal, mend, level ──

/** Teams for `visits` out of `people` ({inspector, load, cap}); `visits` come in any order.
 *
 * Returns {order, teams, load, stuck, steps}: teams by place in `order` as numbers of people; `stuck`: sets that prove
 * that there are no lawful teams; `steps`: whom each step of LEVEL froze.
 */
function* pair(visits, people, T) {
  const order = visits.map((visit) => ({ visit, ticket: T("task", visit.id) }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1)).map((one) => one.visit);
  const load = people.map((one) => one.load), card = [], mine = people.map(() => new Set());
  const teams = order.map(() => []), kindOf = order.map((visit) => visit.kind);
  const shuffle = (i) => (card[i] = T("card", people[i].inspector, String(load[i])));
  people.forEach((_, i) => shuffle(i));
  const before = (i, j) => load[i] - load[j] || (card[i] < card[j] ? -1 : card[i] > card[j] ? 1 : 0);
  const room = (i) => people[i].cap === null || load[i] < people[i].cap;
  const join = (t, i) => {
    teams[t].push(i);
    mine[i].add(t);
    load[i]++;
    shuffle(i);
  };
  const leave = (t, i) => {
    teams[t].splice(teams[t].indexOf(i), 1);
    mine[i].delete(t);
    load[i]--;
    shuffle(i);
  };
  const inOrder = (i) => Array.from(mine[i]).sort((a, b) => a - b);
  /** Whether only members of L may take a place of visit t that `a` leaves (null: an open one). */
  const onlyL = (t, a) => {
    let outside = 0;
    for (const i of teams[t]) if (i !== a && !kindOf[t].inL[i]) outside++;
    return outside >= order[t].places - 1;
  };

  /** CHAIN: the steps [visit, who leaves (null: an open place), who joins], or null; and everybody entered. */
  function chain(giver, first, isBarred, goal) {
    const came = new Map(), left = new Map();
    const unseen = (list) => {
      if (!left.has(list)) left.set(list, list.filter((i) => !isBarred(i)));
      return left.get(list);
    };
    let layer = [];
    const enter = (t, b) => {
      const barred = order[t].barred, list = onlyL(t, b) ? kindOf[t].L : kindOf[t].E, still = [];
      for (const i of unseen(list)) {
        if (came.has(i)) continue;
        if ((barred && barred.has(i)) || teams[t].includes(i)) still.push(i);
        else {
          came.set(i, [t, b]);
          layer.push(i);
        }
      }
      left.set(list, still);
    };
    first.forEach((t) => enter(t, giver));
    while (layer.length) {
      layer.sort(before);
      const end = layer.find(goal);
      if (end !== undefined) {
        const path = [];
        for (let i = end; ;) {
          const [t, b] = came.get(i);
          path.unshift([t, b, i]);
          if (b === giver) return { path, came };
          i = b;
        }
      }
      const reached = layer;
      layer = [];
      for (const b of reached) inOrder(b).forEach((t) => enter(t, b));
    }
    return { path: null, came };
  }

  const apply = (path) => path.forEach(([t, b, c]) => {
    if (b !== null) leave(t, b);
    join(t, c);
  });

  for (let t = 0; t < order.length; t++) {
    const { kind, barred, places } = order[t];
    for (let place = 1; place <= places; place++) {
      let best = -1;
      for (const i of place === 1 ? kind.L : kind.E) {
        if (!room(i) || (barred && barred.has(i)) || teams[t].includes(i)) continue;
        if (best < 0 || before(i, best) < 0) best = i;
      }
      if (best >= 0) join(t, best);
    }
    if ((t & 63) === 63) yield { stage: "teams", done: t, total: order.length };
  }
  const stuck = [];
  for (let t = 0; t < order.length; t++) {
    while (teams[t].length < order[t].places) {
      const { path, came } = chain(null, [t], () => false, room);
      if (!path) {
        stuck.push(new Set(came.keys()));
        break;
      }
      apply(path);
      yield { stage: "teams", done: t, total: order.length };
    }
  }
  const frozen = new Set(), steps = [];
  while (!stuck.length) {
    let a = -1, least = Infinity;
    for (let i = 0; i < people.length; i++) {
      if (frozen.has(i)) continue;
      least = Math.min(least, load[i]);
      if (a < 0 || load[i] > load[a] || (load[i] === load[a] && before(i, a) < 0)) a = i;
    }
    if (a < 0 || load[a] - least < 2) break;
    const most = load[a] - 2;
    const { path, came } = chain(a, inOrder(a), (i) => i === a || frozen.has(i), (i) => load[i] <= most && room(i));
    if (path) apply(path);
    else {
      const step = [a].concat(Array.from(came.keys()));
      step.forEach((i) => frozen.add(i));
      steps.push(step);
    }
    yield { stage: "teams", done: order.length, total: order.length };
  }
  return { order, teams, load, stuck, steps };
}

/** Σ (k − r) of §7: how many places only the members of `set` can fill. */
function mustCarry(visits, set) {
  let sum = 0;
  for (const { kind, barred, places } of visits) {
    let l = 0, o = 0;
    for (const i of kind.E) {
      if (set.has(i) || (barred && barred.has(i))) continue;
      if (kind.inL[i]) l++;
      else o++;
    }
    sum += places - Math.min(places, l + Math.min(o, places - 1));
  }
  return sum;
}
