#!/bin/sh
# Check who was drawn, with sha256sum, sort and awk alone: written from docs/protocol.md, sections 1 to 5.
# 只用 sha256sum、sort、awk 核对抽中了谁：定稿名册、种子、每个签号、顺序、抽取家数。
#
#   sh verify.sh FOLDER ...          FOLDER has pool/ and result/: a dossier (plans/2023) or a public folder
#
# Ends with 0 when all holds. Teams are not checked here: verify_standalone.py does that.
set -eu
export LC_ALL=C
SHA256=sha256sum
command -v sha256sum >/dev/null || SHA256='shasum -a 256'   # older macOS
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
bad() { echo "BAD  $*" >&2; exit 1; }

# What the lines "key": "value" of draw.json say; of each key the first.
told() {
    draw='' seed_line='' seed='' pool_digest=''
    while IFS=' ,' read -r key value; do
        value=${value#\"}; value=${value%,}; value=${value%\"}
        case $key in
            '"draw":') [ -n "$draw" ] || draw=$value ;;
            '"seed_line":') seed_line=$value ;;
            '"seed":') seed=$value ;;
            '"pool_digest":') pool_digest=$value ;;
        esac
    done < "$1"
}

# The CSV files as lines of fields parted by 0x1F; and for each subject the text of its ticket, in a file of its own
# that is called after the place of its stratum in the plan and its line in subjects.csv.
READ='
    FNR == 1 { file = FILENAME; sub(/.*\//, "", file); to = work "/" file; row = 0; held = "" }
    {
        line = held $0
        quotes = gsub(/"/, "\"", line)
        if (quotes % 2) { held = line "\\n"; next }              # a quoted field goes on in the next line
        held = ""
        if (!quotes) gsub(/,/, "\037", line)
        else {
            out = ""; quoted = 0
            for (i = 1; i <= length(line); i++) {
                c = substr(line, i, 1)
                if (c == "\"" && quoted && substr(line, i + 1, 1) == "\"") { out = out c; i++ }
                else if (c == "\"") quoted = !quoted
                else out = out (c == "," && !quoted ? "\037" : c)
            }
            line = out
        }
        if (row++) print line > to
        split(line, field, "\037")
        if (file == "strata.csv") place[field[1]] = sprintf("%05d", row - 1)
        if (file != "subjects.csv" || row == 1) next
        text = sprintf("%s-%08d", place[field[1]], row - 1)
        printf "ssj1|%s|object|%s|%s", seed, (shared == "yes" ? "shared" : field[1]), field[2] > (work "/texts/" text)
        close(work "/texts/" text)
        print text > (work "/texts.list")
    }'

# Who is drawn: all that must be; by coverage a fair share of those due within 1, 2 … years; then in ticket order.
JUDGE='
    function draw(reason, years, missing,    i) {
        for (i = 1; i <= n && missing > 0; i++)
            if (why[i] == "" && (!years || (left[i] != "" && left[i] + 0 <= years))) { why[i] = reason; drawn++; missing-- }
    }
    function share(base, ratio, rounding,    p, q, digits) {      # the quota that the announced ratio gives (section 4)
        p = ratio; q = 1
        if (sub(/%$/, "", p)) {
            digits = index(p, ".") ? length(p) - index(p, ".") : 0
            sub(/\./, "", p)
            for (q = 100; digits > 0; digits--) q *= 10
        } else if (index(p, "/")) { q = substr(p, index(p, "/") + 1) + 0; p = substr(p, 1, index(p, "/") - 1) }
        p += 0
        if (rounding == "half-up") return int((2 * base * p + q) / (2 * q))
        return rounding == "floor" ? int(base * p / q) : int((base * p + q - 1) / q)
    }
    function wrong(what) { print "BAD  " folder ": " what; failed = 1; exit 1 }
    function stratum(code, population, must, ratio, rounding, quota,    i, h, due, had, musts, base, least) {
        musts = drawn = 0
        for (i = 1; i <= n; i++) { why[i] = ""; if (m[i] == "1") { why[i] = "must"; musts++; drawn++ } }
        base = within == "yes" ? n : n - musts
        least = ratio == "" ? 0 : share(base, ratio, rounding)
        if (least > base) least = base
        if (n != population || musts != must || quota < least || quota > base) wrong("numbers of " code)
        for (h = 1; h <= years; h++) {
            due = had = 0
            for (i = 1; i <= n; i++) if (left[i] != "" && left[i] + 0 <= h) { due++; if (why[i] != "") had++ }
            draw("coverage", h, int((due + h - 1) / h) - had)
        }
        draw("random", 0, (within == "yes" ? (must > quota ? must : quota) : must + quota) - drawn)
        for (i = 1; i <= n; i++) {
            mine = code "\037" id[i] "\037" ticket[i] "\037" (why[i] != "") "\037" why[i]
            if (mine != published[++row]) { gsub("\037", ",", mine); wrong("tickets.csv, row " row ", should be " mine) }
        }
        all += drawn
    }
    FILENAME ~ /strata.csv$/ { strata[FNR] = $0; last = FNR; next }
    FILENAME ~ /subjects.csv$/ { subject[FNR] = $2; must[FNR] = $5; due_in[FNR] = $6; next }
    FILENAME ~ /tickets.csv$/ { published[FNR] = $1 "\037" $2 "\037" $4 "\037" $5 "\037" $6; rows = FNR; next }
    { split($0, word, " "); split(word[2], at, "-")            # the sorted tickets: digest, place-line
      size[at[1] + 0]++; if (size[at[1] + 0] == 1) first[at[1] + 0] = FNR
      sorted[FNR] = word[1]; which[FNR] = at[2] + 0 }
    END {
        if (failed) exit 1
        for (place = 1; place <= last; place++) {
            n = size[place] + 0
            for (i = 1; i <= n; i++) {
                k = first[place] - 1 + i
                ticket[i] = sorted[k]; id[i] = subject[which[k]]; m[i] = must[which[k]]; left[i] = due_in[which[k]]
            }
            split(strata[place], s, "\037")
            stratum(s[1], s[4] + 0, s[5] + 0, s[6], s[7], s[8] + 0)
        }
        if (row + 0 != rows + 0) wrong("tickets.csv has " rows + 0 " rows, should have " row + 0)
        print "ok   " folder ": " row + 0 " tickets, " all + 0 " drawn"
    }'

verify() {
    [ -f "$1/result/draw.json" ] || bad "$1: no result/draw.json"
    rm -rf "$WORK/at"; mkdir "$WORK/at" "$WORK/at/texts"
    told "$1/result/draw.json"

    # 1. The pool: SHA256SUMS has the digest that was published; each file has the digest that SHA256SUMS lists.
    # 2. The seed: the digest of the seed line.
    printf %s "$seed_line" > "$WORK/at/seed line"
    { $SHA256 < "$1/pool/SHA256SUMS"; $SHA256 < "$WORK/at/seed line"; } > "$WORK/at/digests"
    { read -r found _; [ "$found" = "$pool_digest" ] || bad "$1: pool digest"
      read -r found _; [ "$found" = "$seed" ] || bad "$1: seed"; } < "$WORK/at/digests"
    case $seed_line in "ssj1|seed|$draw|"?*) ;; *) bad "$1: seed line" ;; esac
    listed=' '
    while read -r sum file || [ -n "$sum" ]; do
        listed="$listed$file "
        case $file in inspectors.csv | conflicts.csv) [ -f "$1/pool/$file" ] || continue ;; esac   # a public folder may lack them
        [ -f "$1/pool/$file" ] || bad "$1: pool/$file is missing"
        echo "$sum  $1/pool/$file"
    done < "$1/pool/SHA256SUMS" > "$WORK/at/sums"
    for file in strata.csv subjects.csv rules.json excluded.csv; do
        case $listed in *" $file "*) ;; *) bad "$1: pool/$file is not listed" ;; esac
    done
    $SHA256 -c "$WORK/at/sums" > "$WORK/at/said" 2>&1 || bad "$1: $(grep -v ': OK$' "$WORK/at/said" | head -n 1)"

    # 3. A ticket for each subject, each stratum in ticket order; 4. and 5. who is drawn; the published tickets are these.
    shared=no within=no years=0
    read -r rules < "$1/pool/rules.json" || [ -n "$rules" ]
    case $rules in *'"tickets":"shared"'*) shared=yes ;; esac
    case $rules in *'"must_include":"within"'*) within=yes ;; esac
    case $rules in *'"coverage":{"years":'*) years=${rules#*'"coverage":{"years":'}; years=${years%%\}*} ;; esac
    for file in strata.csv subjects.csv tickets.csv texts.list; do : > "$WORK/at/$file"; done
    awk -v work="$WORK/at" -v seed="$seed" -v shared=$shared "$READ" "$1/pool/strata.csv" "$1/pool/subjects.csv" "$1/result/tickets.csv"
    [ ! -s "$WORK/at/texts.list" ] || (cd "$WORK/at/texts" && xargs $SHA256 < ../texts.list) |
        sed 's/ [ *]/ /' | sort -t ' ' -k 2.1,2.5 -k 1,1 > "$WORK/at/sorted"
    [ -s "$WORK/at/texts.list" ] || : > "$WORK/at/sorted"
    awk -F '\037' -v folder="$1" -v within=$within -v years="$years" "$JUDGE" \
        "$WORK/at/strata.csv" "$WORK/at/subjects.csv" "$WORK/at/tickets.csv" "$WORK/at/sorted" > "$WORK/at/said" ||
        { cat "$WORK/at/said" >&2; exit 1; }
    while IFS= read -r line; do echo "$line"; done < "$WORK/at/said"
}

[ $# -gt 0 ] || bad "usage: sh verify.sh FOLDER ..."
for folder; do verify "$folder"; done
