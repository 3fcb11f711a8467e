// Primaries, replicas and callers on a map, and the same in words.

import { LAKES, LAND } from './coast.js';
import { drawn, element, keyed, setText } from './dom.js';
import { bytes, millis } from './format.js';

const NORTH = 84;
const SOUTH = -58;
const MERIDIANS_EVERY = 30;
/** The least that is shown, in degrees: closer, the outline is too rough. */
const LEAST_WIDTH = 70;
const MARGIN = 12;
const STEPS = 48;
const LABEL_PIXELS = 12.5;

export class WorldMap {
  #places;
  #title = drawn('title', { id: 'map-name' }, 'Where the databases and their callers are');
  #about = drawn('desc', { id: 'map-about' }, 'The same is listed in words below the map.');
  #layer = drawn('g');
  #svg = drawn('svg', { role: 'img', 'aria-labelledby': 'map-name map-about', preserveAspectRatio: 'xMidYMid meet' });
  #words = element('ul', { class: 'words' });
  #choice = element('select', { id: 'map-database' });
  #state;
  #sketch = '';

  constructor(root, regions) {
    this.#places = new Map(regions.map((region) => [region.code, region]));
    this.#svg.append(this.#title, this.#about, ground(), this.#layer);
    this.#choice.addEventListener('change', () => this.#draw());
    new ResizeObserver(() => this.#draw()).observe(this.#svg);
    root.append(
      element('div', { class: 'map-head' }, element('div', { class: 'field' }, element('label', { for: 'map-database' }, 'Show'), this.#choice), legend()),
      element('div', { class: 'map' }, this.#svg),
      element('details', {}, element('summary', {}, 'The map in words'), this.#words),
    );
  }

  show(state) {
    this.#state = state;
    const names = JSON.stringify(state.databases.map((database) => [database.id, database.name]));
    if (this.#choice.dataset.names !== names) {
      const chosen = this.#choice.value;
      this.#choice.dataset.names = names;
      this.#choice.replaceChildren(
        element('option', { value: '' }, 'all databases'),
        ...state.databases.map((database) => element('option', { value: database.id }, database.name)),
      );
      this.#choice.value = state.databases.some((database) => database.id === chosen) ? chosen : '';
    }
    this.#draw();
  }

  #draw() {
    if (!this.#state || this.#svg.clientWidth === 0) {
      return;
    }
    const shown = this.#state.databases.filter((one) => !this.#choice.value || one.id === this.#choice.value);
    const points = pointsOf(shown, this.#places);
    const lines = linesOf(shown, this.#places);
    keyed(this.#words, words(shown, this.#places), (line) => line, (line) => ({ node: element('li', {}, line), show() {} }));
    const sketch = JSON.stringify([this.#svg.clientWidth, points, lines]);
    if (sketch === this.#sketch) {
      return;
    }
    this.#sketch = sketch;
    const frame = frameOf(points, lines);
    this.#svg.setAttribute('viewBox', `${frame.west} ${frame.top} ${frame.width} ${frame.height}`);
    const pixel = frame.width / this.#svg.clientWidth;
    this.#svg.style.setProperty('--pixel', `${pixel}px`);
    this.#layer.replaceChildren(
      ...lines.map((line) => drawn('path', { class: `link ${line.kind}`, d: line.path })),
      ...points.map((point) => marker(point, pixel)),
      ...labels(points, frame, pixel),
    );
    setText(this.#title, `Where the databases and their callers are: ${points.length} places`);
  }
}

/** North is up, as many degrees as units. */
function place({ latitude, longitude }) {
  return { x: round(longitude), y: round(-latitude) };
}

function round(number) {
  return Math.round(number * 100) / 100;
}

function ground() {
  const outline = (line) => `M${line.split(' ').map((point) => point.replace(/,(-?)/, (comma, minus) => (minus ? ',' : ',-'))).join('L')}Z`;
  const lines = [];
  for (let longitude = -180; longitude <= 180; longitude += MERIDIANS_EVERY) {
    lines.push(`M${longitude},${-NORTH}V${-SOUTH}`);
  }
  for (let latitude = -30; latitude <= 60; latitude += MERIDIANS_EVERY) {
    lines.push(`M-180,${-latitude}H180`);
  }
  return drawn(
    'g',
    {},
    drawn('rect', { class: 'sea', x: -180, y: -NORTH, width: 360, height: NORTH - SOUTH }),
    drawn('path', { class: 'graticule', d: lines.join('') }),
    drawn('path', { class: 'land', d: LAND.map(outline).join('') }),
    drawn('path', { class: 'lake', d: LAKES.map(outline).join('') }),
  );
}

function legend() {
  const sign = (kind, text) =>
    element('li', {}, svgOf(kind), text);
  return element(
    'ul',
    { class: 'legend' },
    sign('primary', 'primary'),
    sign('replica', 'replica'),
    sign('caller', 'caller elsewhere'),
    sign('failing', 'failing'),
  );
}

function svgOf(kind) {
  const box = drawn('svg', { viewBox: '-9 -9 18 18', width: 18, height: 18, 'aria-hidden': 'true' });
  box.append(sign(kind === 'failing' ? 'replica' : kind, kind === 'failing', 1, 0, 0));
  return box;
}

function sign(kind, failing, pixel, x, y) {
  const size = 5.5 * pixel;
  const at = { class: `sign ${kind}${failing ? ' failing' : ''}` };
  const shape =
    kind === 'primary'
      ? drawn('rect', { x: x - size, y: y - size, width: 2 * size, height: 2 * size })
      : kind === 'replica'
        ? drawn('circle', { cx: x, cy: y, r: size })
        : drawn('path', { d: `M${x},${y - size * 1.15}L${x + size * 1.1},${y + size * 0.85}H${x - size * 1.1}Z` });
  const group = drawn('g', at, shape);
  if (failing) {
    const arm = size * 0.55;
    group.append(drawn('path', { class: 'cross', d: `M${x - arm},${y - arm}L${x + arm},${y + arm}M${x - arm},${y + arm}L${x + arm},${y - arm}` }));
  }
  return group;
}

/** One point for each region: what most stands there decides how it is drawn. */
function pointsOf(databases, places) {
  const points = new Map();
  const note = (code, kind, failing) => {
    if (!places.has(code)) {
      return;
    }
    const point = points.get(code) ?? { code, ...place(places.get(code)), kind, failing: false };
    const rank = ['caller', 'replica', 'primary'];
    if (rank.indexOf(kind) > rank.indexOf(point.kind)) {
      point.kind = kind;
    }
    point.failing ||= failing;
    points.set(code, point);
  };
  for (const database of databases) {
    for (const region of database.regions) {
      note(region.code, region.role, Boolean(region.down || region.silent));
    }
    for (const caller of database.callers) {
      if (caller.region) {
        note(caller.region, 'caller', false);
      }
    }
  }
  return [...points.values()];
}

/** From the primary to each replica, and from callers that stand elsewhere to where they are led. */
function linesOf(databases, places) {
  const lines = new Map();
  const join = (one, other, kind) => {
    if (one !== other && places.has(one) && places.has(other)) {
      const path = greatCircle(places.get(one), places.get(other));
      lines.set(`${kind} ${one} ${other}`, { kind, path });
    }
  };
  for (const database of databases) {
    const primary = database.regions.find((region) => region.role === 'primary');
    for (const region of database.regions) {
      join(primary.code, region.code, region.paused || region.down ? 'replication broken' : 'replication');
    }
    for (const caller of database.callers) {
      if (caller.region) {
        join(caller.region, caller.leadsTo, 'call');
      }
    }
  }
  return [...lines.values()];
}

function greatCircle(from, to) {
  const one = vector(from);
  const other = vector(to);
  const angle = Math.acos(Math.min(1, Math.max(-1, one.reduce((sum, part, i) => sum + part * other[i], 0))));
  let path = '';
  let before;
  for (let step = 0; step <= STEPS; step++) {
    const share = step / STEPS;
    const near = angle === 0 ? 1 - share : Math.sin((1 - share) * angle) / Math.sin(angle);
    const far = angle === 0 ? share : Math.sin(share * angle) / Math.sin(angle);
    const [x, y, z] = one.map((part, i) => near * part + far * other[i]);
    const point = place({ latitude: degrees(Math.asin(Math.min(1, z))), longitude: degrees(Math.atan2(y, x)) });
    // Where the line leaves the map on one side it goes on at the other.
    const leaves = before && Math.abs(point.x - before.x) > 180;
    path += `${before && !leaves ? 'L' : 'M'}${point.x},${point.y}`;
    before = point;
  }
  return path;
}

function vector({ latitude, longitude }) {
  const [north, east] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
  return [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)];
}

function degrees(radians) {
  return (radians * 180) / Math.PI;
}

/** What part of the world is shown: all points with room around them, in the shape of the whole map. */
function frameOf(points, lines) {
  const full = { west: -180, top: -NORTH, width: 360, height: NORTH - SOUTH };
  if (points.length === 0) {
    return full;
  }
  const ends = lines.flatMap((line) => line.path.match(/-?[\d.]+,-?[\d.]+/g)).map((end) => end.split(',').map(Number));
  const xs = [...points.map((point) => point.x), ...ends.map(([x]) => x)];
  const ys = [...points.map((point) => point.y), ...ends.map(([, y]) => y)];
  const shape = full.width / full.height;
  const [left, right] = [Math.min(...xs) - MARGIN, Math.max(...xs) + MARGIN];
  const [top, bottom] = [Math.min(...ys) - MARGIN, Math.max(...ys) + MARGIN];
  const width = Math.min(full.width, Math.max(LEAST_WIDTH, right - left, (bottom - top) * shape));
  const height = width / shape;
  const within = (middle, size, low, most) => Math.min(low + most - size, Math.max(low, middle - size / 2));
  return {
    west: within((left + right) / 2, width, full.west, full.width),
    top: within((top + bottom) / 2, height, full.top, full.height),
    width,
    height,
  };
}

function marker(point, pixel) {
  return sign(point.kind, point.failing, pixel, point.x, point.y);
}

/** Each label stands where it covers neither another one nor a sign, if there is such a place. */
function labels(points, frame, pixel) {
  const taken = points.map((point) => boxAround(point.x, point.y, 14 * pixel, 14 * pixel));
  return points.map((point) => {
    const wide = (point.code.length * 0.62 * LABEL_PIXELS + 4) * pixel;
    const high = LABEL_PIXELS * 1.2 * pixel;
    const off = 9 * pixel;
    const spots = [
      { x: point.x + off + wide / 2, y: point.y },
      { x: point.x - off - wide / 2, y: point.y },
      { x: point.x, y: point.y - off - high / 2 },
      { x: point.x, y: point.y + off + high / 2 },
      { x: point.x + off + wide / 2, y: point.y - off },
      { x: point.x + off + wide / 2, y: point.y + off },
      { x: point.x - off - wide / 2, y: point.y - off },
      { x: point.x - off - wide / 2, y: point.y + off },
    ];
    const free = spots.find((spot) => {
      const box = boxAround(spot.x, spot.y, wide, high);
      return inside(box, frame) && !taken.some((other) => overlap(box, other));
    });
    const spot = free ?? spots[0];
    taken.push(boxAround(spot.x, spot.y, wide, high));
    return drawn('text', { class: `label ${point.kind}`, x: spot.x, y: spot.y }, point.code);
  });
}

function boxAround(x, y, width, height) {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function inside(box, frame) {
  return (
    box.left >= frame.west &&
    box.right <= frame.west + frame.width &&
    box.top >= frame.top &&
    box.bottom <= frame.top + frame.height
  );
}

function words(databases, places) {
  const name = (code) => `${places.get(code)?.name ?? 'unknown place'} (${code})`;
  return databases.flatMap((database) => {
    const primary = database.regions.find((region) => region.role === 'primary');
    const failing = (region) => (region.down ? ', down' : region.silent ? ', silent' : '');
    const lines = [`${database.name}: primary in ${name(primary.code)}${failing(primary)}`];
    for (const region of database.regions.filter((one) => one.role === 'replica')) {
      const lag = region.paused
        ? `replication paused, ${bytes(region.behindBytes)} behind`
        : `which gets changes after ${millis(region.delayMillis)}`;
      lines.push(`${database.name}: replica in ${name(region.code)}${failing(region)}, ${lag}`);
    }
    for (const caller of database.callers.filter((one) => one.region)) {
      const trip = millis(caller.roundTripMillis[caller.leadsTo]);
      lines.push(`${database.name}: callers in ${name(caller.region)} are led to ${caller.leadsTo}, ${trip} there and back`);
    }
    return lines;
  });
}
