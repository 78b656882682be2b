"""The protocol's §7 twice: ours, and once more word for word, slow and without thought. They agree to the last place."""

from hashlib import sha256

from shuangsuiji.core.draw.chance import tickets
from shuangsuiji.core.draw.pairing import pair


class Naive:
    """DEAL, MEND, LEVEL, CHAIN and apply as the protocol's block prints them, over lists and dicts."""

    def __init__(self, seed, needs, load, cap):
        self.E = {t: need.lawful for t, need in needs.items()}
        self.L = {t: need.leads for t, need in needs.items()}
        self.k = {t: need.places for t, need in needs.items()}
        self.seed, self.load, self.cap = seed, dict(load), cap
        self.on = {t: [] for t in needs}
        self.order = sorted(needs, key=lambda t: self.T("task", t))

    def T(self, *fields):  # noqa: N802 - the protocol's name
        return sha256(("ssj1|" + self.seed + "|" + "|".join(fields)).encode()).hexdigest()

    def key(self, i):
        return (self.load[i], self.T("card", i, str(self.load[i])))

    def room(self, i):
        return i not in self.cap or self.load[i] < self.cap[i]

    def joinable(self, t, a):
        outside = [i for i in self.on[t] if i != a and i not in self.L[t]]
        allowed = self.L[t] if len(outside) >= self.k[t] - 1 else self.E[t]
        return [i for i in allowed if i not in self.on[t]]

    def visits_of(self, i):
        return [t for t in self.order if i in self.on[t]]

    def join(self, t, i):
        self.on[t].append(i)
        self.load[i] += 1

    def deal(self):
        for t in self.order:
            for place in range(1, self.k[t] + 1):
                allowed = self.L[t] if place == 1 else self.E[t]
                may = [i for i in allowed if i not in self.on[t] and self.room(i)]
                if may:
                    self.join(t, min(may, key=self.key))

    def mend(self):
        for t in self.order:
            while len(self.on[t]) < self.k[t]:
                path, visited = self.chain([(None, t)], [], self.room)
                if path is None:
                    return visited
                self.apply(path)
        return None

    def level(self):
        frozen, proofs = [], []
        while live := [i for i in self.load if i not in frozen]:
            high = max(self.load[i] for i in live)
            if high - min(self.load[i] for i in live) < 2:
                break
            a = min([i for i in live if self.load[i] == high], key=self.key)
            goal = lambda i, high=high: self.load[i] <= high - 2 and self.room(i)  # noqa: E731
            path, visited = self.chain([(a, u) for u in self.visits_of(a)], [*frozen, a], goal)
            if path is None:
                frozen += [*visited, a]
                proofs.append(list(frozen))
            else:
                self.apply(path)
        return proofs

    def chain(self, doors, barred, goal):
        came = {}
        while True:
            layer = []
            for b, u in doors:
                for c in self.joinable(u, b):
                    if c not in came and c not in barred:
                        came[c] = (b, u)
                        layer.append(c)
            layer.sort(key=self.key)
            goals = [c for c in layer if goal(c)]
            if goals:
                path, c = [], goals[0]
                while c in came:
                    b, u = came[c]
                    path, c = [(b, u, c), *path], b
                return path, list(came)
            if not layer:
                return None, list(came)
            doors = [(b, u) for b in layer for u in self.visits_of(b)]

    def apply(self, path):
        for b, u, c in path:
            if b is not None:
                self.on[u].remove(b)
                self.load[b] -= 1
            self.join(u, c)


def teams_of(naive):
    return {t: tuple(sorted(on)) for t, on in naive.on.items()}


def test_the_word_for_word_protocol_gives_the_same_teams_loads_and_proofs(cases):
    for case in cases(1200, "naive"):
        naive = Naive(case.seed, case.needs, case.load, case.cap)
        naive.deal()
        stuck = naive.mend()

        ours = pair(case.needs, case.load, case.cap, tickets(case.seed))

        assert (stuck is None) == (not ours.stuck), case.name
        if stuck is not None:
            assert ours.stuck[0] == set(stuck), case.name
            continue
        proofs = naive.level()
        assert ours.teams == teams_of(naive), case.name
        assert ours.loads == naive.load, case.name
        assert [set(proof) for proof in proofs] == list(ours.frozen), case.name


def test_a_protocol_with_one_word_changed_gives_other_teams(cases):
    """Control: the comparison above sees a changed tie, a missing step, a forgotten lead rule."""

    class TiesBackwards(Naive):
        def key(self, i):
            return (self.load[i], self.T("cards", i, str(self.load[i])))

    class WithoutLevel(Naive):
        def level(self):
            return []

    class WithoutLeads(Naive):
        def joinable(self, t, _):
            return [i for i in self.E[t] if i not in self.on[t]]

    for changed in (TiesBackwards, WithoutLevel, WithoutLeads):
        differ = 0
        for case in cases(150, "naive"):
            naive = changed(case.seed, case.needs, case.load, case.cap)
            naive.deal()
            naive.mend()
            naive.level()
            ours = pair(case.needs, case.load, case.cap, tickets(case.seed))
            differ += not ours.stuck and ours.teams != teams_of(naive)
        assert differ > 5, changed.__name__
