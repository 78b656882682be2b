// SHA-256 and tickets (§1). The files of this folder are one program, written from the protocol's text (docs/protocol.md;
// the § are its sections) and not from the program that made the draw: an implementation of its own. Plain ES2017, no
// library, no network, no storage. The page and Node both run them joined together, in one function.

// ── SHA-256 (FIPS 180-4) ──

const K = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
const START = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
const W = new Int32Array(64);
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const encoder = new TextEncoder();

function compress(state, bytes, at) {
  for (let t = 0; t < 16; t++, at += 4) {
    W[t] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let t = 16; t < 64; t++) {
    const x = W[t - 15], y = W[t - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[t] = (W[t - 16] + s0 + W[t - 7] + s1) | 0;
  }
  let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (let t = 0; t < 64; t++) {
    const S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + S1 + ((e & f) ^ (~e & g)) + K[t] + W[t]) | 0;
    const S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0;
    d = c; c = b; b = a; a = (one + two) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

class Sha256 {
  constructor() {
    this.state = new Int32Array(START);
    this.block = new Uint8Array(64);
    this.length = 0;
  }

  become(other) {
    this.state.set(other.state);
    this.block.set(other.block);
    this.length = other.length;
    return this;
  }

  update(bytes, from, to) {
    let at = from || 0;
    const end = to === undefined ? bytes.length : to;
    const kept = this.length & 63;
    this.length += end - at;
    if (kept) {
      const fits = Math.min(64 - kept, end - at);
      this.block.set(bytes.subarray(at, at + fits), kept);
      at += fits;
      if (kept + fits < 64) return this;
      compress(this.state, this.block, 0);
    }
    for (; at + 64 <= end; at += 64) compress(this.state, bytes, at);
    this.block.set(bytes.subarray(at, end));
    return this;
  }

  hex() {
    const block = this.block, length = this.length;
    let kept = length & 63;
    block[kept++] = 0x80;
    if (kept > 56) {
      block.fill(0, kept);
      compress(this.state, block, 0);
      kept = 0;
    }
    block.fill(0, kept, 56);
    const high = Math.floor(length / 0x20000000), low = (length << 3) >>> 0;
    for (let n = 0; n < 4; n++) {
      block[56 + n] = (high >>> (24 - 8 * n)) & 255;
      block[60 + n] = (low >>> (24 - 8 * n)) & 255;
    }
    compress(this.state, block, 0);
    let text = "";
    for (const word of this.state) {
      text += HEX[word >>> 24] + HEX[(word >>> 16) & 255] + HEX[(word >>> 8) & 255] + HEX[word & 255];
    }
    return text;
  }
}

const bytesOf = (content) => (typeof content === "string" ? encoder.encode(content) : content);
const sha256 = (content) => new Sha256().update(bytesOf(content)).hex();

function* hashed(bytes) {
  const sum = new Sha256();
  for (let at = 0; at < bytes.length; at += 1 << 20) {
    sum.update(bytes, at, Math.min(bytes.length, at + (1 << 20)));
    yield;
  }
  return sum.hex();
}

// ── §1 Tickets ──

/** T of one seed: T("object", "shared", "A01") is 64 lower-case hex digits. */
function ticketsOf(seed) {
  const begun = new Sha256().update(encoder.encode("ssj1|" + seed + "|"));
  const sum = new Sha256(), ascii = new Uint8Array(512);
  return function (one, two, three) {
    const text = one + "|" + two + (three === undefined ? "" : "|" + three);
    let n = 0, sign = 0;
    while (n < text.length && n < 512 && (sign = text.charCodeAt(n)) < 128) ascii[n++] = sign;
    sum.become(begun);
    return (n === text.length ? sum.update(ascii, 0, n) : sum.update(encoder.encode(text))).hex();
  };
}

const FIELD = /^[0-9A-Za-z][0-9A-Za-z._:+/-]*$/;
const ID = /^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/;
const CODE = /^[0-9A-Z][0-9A-Z.-]{0,31}$/;
const HEX64 = /^[0-9a-f]{64}$/;
const NUMBER = /^(0|[1-9][0-9]{0,8})$/;
