// The table of all databases, and for each its regions, distances and limits.

import { element, keyed, setText } from './dom.js';
import { NONE, bytes, count, millis, percent, rate } from './format.js';

const LIMITS = {
  data: { label: 'Data', show: bytes },
  connections: { label: 'Connections', show: count },
  commandsPerSecond: { label: 'Commands a second', show: rate },
  dailyCommands: { label: 'Commands today', show: count },
  dailyBandwidth: { label: 'Traffic today', show: bytes },
};

export class Databases {
  #overview;
  #details;
  #rows = element('tbody');
  #table;
  #empty = element('p', { class: 'empty' }, 'There are none yet. They appear here as soon as one is created.');

  constructor(overview, details) {
    this.#overview = overview;
    this.#details = details;
    const titles = [
      ['Name'],
      ['Organization'],
      ['State'],
      ['Primary'],
      ['Replicas'],
      ['Plan'],
      ['Commands/s', 'number'],
      ['Commands', 'number'],
      ['Nearest limit', 'number'],
    ];
    this.#table = element('table', { class: 'stacks' }, head(titles), this.#rows);
    this.#overview.append(this.#table, this.#empty);
  }

  show(state, rates) {
    this.#table.hidden = state.databases.length === 0;
    this.#empty.hidden = state.databases.length > 0;
    keyed(this.#rows, state.databases, (database) => database.id, () => overviewRow(rates));
    keyed(this.#details, state.databases, (database) => database.id, () => detail(rates));
    this.#details.classList.toggle('unenforced', !state.limitsEnforced);
  }
}

function head(titles) {
  return element(
    'thead',
    {},
    element('tr', {}, ...titles.map(([title, kind]) => element('th', { scope: 'col', class: kind }, title))),
  );
}

function cells(titles) {
  return titles.map(([label, kind]) => element('td', { class: kind, 'data-label': label }));
}

function overviewRow(rates) {
  const link = element('a');
  const name = element('th', { scope: 'row', class: 'name' }, link);
  const state = element('span', { class: 'mark' });
  const [organization, states, primary, replicas, plan, perSecond, commands, nearest] = cells([
    ['Organization'],
    ['State'],
    ['Primary', 'code'],
    ['Replicas', 'code'],
    ['Plan'],
    ['Commands/s', 'number'],
    ['Commands', 'number'],
    ['Nearest limit', 'number'],
  ]);
  states.append(state);
  const node = element('tr', {}, name, organization, states, primary, replicas, plan, perSecond, commands, nearest);
  return {
    node,
    show(database) {
      link.href = `#database-${database.id}`;
      setText(link, database.name);
      setText(organization, database.organization);
      showState(state, stateOf(database));
      setText(primary, codes(database, 'primary'));
      setText(replicas, codes(database, 'replica') || NONE);
      setText(plan, database.plan);
      setText(perSecond, rate(rates.total(database)));
      setText(commands, count(total(database)));
      setText(nearest, nearestLimit(database, rates));
    },
  };
}

function stateOf(database) {
  const failing = database.regions.filter((region) => region.down || region.silent).length;
  if (database.state !== 'active') {
    return [database.state, 'bad'];
  }
  return failing === 0 ? ['active', 'good'] : [`active, ${failing} of ${database.regions.length} regions failing`, 'warn'];
}

function showState(node, [text, kind]) {
  setText(node, text);
  node.dataset.kind = kind;
}

function codes(database, role) {
  return database.regions
    .filter((region) => region.role === role)
    .map((region) => region.code)
    .join(', ');
}

function total(database) {
  const known = database.regions.map((region) => region.commands).filter((one) => one !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, one) => sum + one, 0);
}

function usedOf(limit, database, rates) {
  return limit.name === 'commandsPerSecond' ? rates.total(database) : limit.used;
}

/** What part of a limit is used, for those that are numbers and known. */
function share(limit, database, rates) {
  const used = usedOf(limit, database, rates);
  return typeof limit.allowed === 'number' && limit.allowed > 0 && used !== undefined ? used / limit.allowed : undefined;
}

function nearestLimit(database, rates) {
  const shares = database.limits
    .map((limit) => [share(limit, database, rates), LIMITS[limit.name].label])
    .filter(([used]) => used !== undefined)
    .sort(([one], [other]) => other - one);
  return shares.length === 0 ? NONE : `${percent(shares[0][0])} ${shares[0][1].toLowerCase()}`;
}

function detail(rates) {
  const title = element('h3');
  const facts = element('p', { class: 'facts' });
  const address = element('code', { class: 'address' });
  const regions = regionTable(rates);
  const limits = element('dl', { class: 'limits' });
  const note = element('p', { class: 'note enforcement' }, 'This service shows the plans’ limits and does not enforce them.');
  const node = element(
    'article',
    { class: 'panel database' },
    element('header', {}, title, facts, address),
    element(
      'div',
      { class: 'split' },
      regions.node,
      element('div', { class: 'beside' }, element('h4', {}, 'Plan limits used'), limits, note),
    ),
  );
  return {
    node,
    show(database) {
      node.id = `database-${database.id}`;
      node.setAttribute('aria-label', `Database ${database.name}`);
      setText(title, database.name);
      const keys = database.keys === '' ? '' : ` · ${count(database.keys)} ${database.keys === 1 ? 'key' : 'keys'}`;
      setText(
        facts,
        `${database.organization} · ${database.plan} · eviction ${database.evicts ? 'on' : 'off'}${keys} · ${database.id}`,
      );
      setText(address, database.address);
      regions.show(database);
      const used = database.limits.map((limit) => ({ limit, database }));
      keyed(limits, used, ({ limit }) => limit.name, () => limitBar(rates));
    },
  };
}

function limitBar(rates) {
  const label = element('dt');
  const numbers = element('dd', { class: 'numbers' });
  const fill = element('span', { class: 'fill' });
  const track = element('span', { class: 'track', role: 'meter', 'aria-valuemin': '0', 'aria-valuemax': '100' }, fill);
  const bar = element('dd', { class: 'bar' }, track);
  return {
    node: element('div', {}, label, numbers, bar),
    show({ limit, database }) {
      const { label: name, show } = LIMITS[limit.name];
      const used = usedOf(limit, database, rates);
      const part = share(limit, database, rates);
      setText(label, name);
      setText(numbers, `${show(used)} of ${typeof limit.allowed === 'number' ? show(limit.allowed) : limit.allowed}`);
      bar.hidden = part === undefined;
      if (part !== undefined) {
        const width = Math.min(100, part * 100);
        fill.style.setProperty('width', `${width}%`);
        track.dataset.kind = part >= 1 ? 'bad' : part >= 0.8 ? 'warn' : 'good';
        track.setAttribute('aria-label', `${name} used`);
        track.setAttribute('aria-valuenow', width.toFixed(0));
        track.setAttribute('aria-valuetext', `${numbers.textContent}, ${percent(part)}`);
      }
    },
  };
}

function regionTable(rates) {
  const callers = element('tr');
  const span = element('th', { scope: 'colgroup', class: 'group' }, 'Round trip from');
  const rows = element('tbody');
  const fixed = [['Region'], ['State'], ['Commands/s', 'number'], ['Commands', 'number'], ['Clients', 'number'], ['Lag', 'number']];
  const table = element(
    'table',
    { class: 'stacks regions' },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...fixed.map(([title, kind]) => element('th', { scope: 'col', rowspan: '2', class: kind }, title)),
        span,
      ),
      callers,
    ),
    rows,
  );
  const note = element(
    'p',
    { class: 'note' },
    'Lag and round trips are as the network is set, faults included; how far a replica is behind is measured. ',
    element('span', { class: 'leads', 'aria-hidden': 'true' }, '◂'),
    ' is where the single address leads to from there.',
  );
  return {
    node: element('div', {}, element('div', { class: 'scrolls', tabindex: '0', role: 'group', 'aria-label': 'Regions' }, table), note),
    show(database) {
      span.colSpan = Math.max(1, database.callers.length);
      keyed(callers, database.callers, nameOf, (caller) => {
        const node = element('th', { scope: 'col', class: 'number code' }, nameOf(caller));
        return { node, show() {} };
      });
      const members = database.regions.map((region) => ({ region, database }));
      keyed(rows, members, ({ region }) => region.code, () => regionRow(rates));
    },
  };
}

function nameOf(caller) {
  return caller.region ?? 'beside';
}

function regionRow(rates) {
  const role = element('span', { class: 'role' });
  const code = element('span', { class: 'code' });
  const mark = element('span', { class: 'mark' });
  const [states, perSecond, commands, clients, lag] = cells([
    ['State'],
    ['Commands/s', 'number'],
    ['Commands', 'number'],
    ['Clients', 'number'],
    ['Lag', 'number'],
  ]);
  const delay = element('span');
  const behind = element('span', { class: 'behind' });
  states.append(mark);
  lag.append(delay, ' ', behind);
  const fixed = [element('th', { scope: 'row' }, code, ' ', role), states, perSecond, commands, clients, lag];
  const node = element('tr', {}, ...fixed);
  return {
    node,
    show({ region, database }) {
      setText(code, region.code);
      setText(role, region.role);
      showState(mark, regionState(region));
      setText(perSecond, rate(rates.of(database, region)));
      setText(commands, count(region.commands));
      setText(clients, count(region.connections));
      const primary = region.role === 'primary';
      setText(delay, primary ? NONE : region.paused ? 'paused' : millis(region.delayMillis));
      setText(behind, primary || region.behindBytes === undefined ? '' : following(region.behindBytes));
      const trips = database.callers.map((caller) => ({ caller, region }));
      keyed(node, trips, ({ caller }) => nameOf(caller), tripCell, fixed.length);
    },
  };
}

function following(behindBytes) {
  return behindBytes === 0 ? 'in step' : `${bytes(behindBytes)} behind`;
}

function tripCell({ caller: first }) {
  const time = element('span');
  const leads = element('span', { class: 'leads' }, '◂', element('span', { class: 'unseen' }, ' the single address leads here'));
  const node = element('td', { class: 'number', 'data-label': `From ${nameOf(first)}` }, time, leads);
  return {
    node,
    show({ caller, region }) {
      const trip = millis(caller.roundTripMillis[region.code]);
      setText(time, region.down ? 'refused' : region.silent ? 'no answer' : trip);
      leads.hidden = caller.leadsTo !== region.code;
    },
  };
}

function regionState(region) {
  if (region.down) {
    return ['down', 'bad'];
  }
  if (region.silent) {
    return ['silent', 'bad'];
  }
  if (region.paused) {
    return ['replication paused', 'warn'];
  }
  return ['up', 'good'];
}
