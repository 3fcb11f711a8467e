// Looks at the service once a second while the page is seen, and shows what there is.

import { Gone, Locked, call, forgetKey, keepKey, takeKey } from './access.js';
import { Databases } from './databases.js';
import { setText } from './dom.js';
import { Faults } from './faults.js';
import { WorldMap } from './map.js';
import { Rates } from './rates.js';

const EVERY_MILLIS = 1_000;
const WHEN_GONE_MILLIS = 2_000;

const at = (id) => document.getElementById(id);
const rates = new Rates();
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

let views;
let known;
let goneSince;
let timer;
let looking = false;
let again = false;

function announce(text) {
  at('announcements').textContent = text;
}

function connection(state, text) {
  at('connection').dataset.state = state;
  setText(at('connection'), text);
}

async function open() {
  const catalog = await call('GET', '/page/catalog');
  views = [
    new Databases(at('overview'), at('details')),
    new Faults(at('on'), at('start'), catalog.faultKinds, announce, look),
    new WorldMap(at('map'), catalog.regions),
  ];
}

/** One look; a wish for another one meanwhile is fulfilled right after it. */
async function look() {
  clearTimeout(timer);
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  let next = EVERY_MILLIS;
  try {
    if (!views) {
      await open();
    }
    show(await call('GET', '/page/state'));
  } catch (failed) {
    if (failed instanceof Locked) {
      lock('The service does not know this key: it may have been started again since. Its newest key stands in the address it printed.');
      next = undefined;
    } else if (failed instanceof Gone) {
      gone();
      next = WHEN_GONE_MILLIS;
    } else {
      console.error(failed);
      connection('gone', 'the page failed; reload it');
      next = undefined;
    }
  } finally {
    looking = false;
  }
  if (next !== undefined && !document.hidden) {
    timer = setTimeout(look, again ? 0 : next);
  }
  again = false;
}

function show(state) {
  rates.look(state);
  at('live').hidden = false;
  at('unlock').hidden = true;
  views.forEach((view) => view.show(state, rates));
  if (goneSince) {
    goneSince = undefined;
    at('gone').hidden = true;
    at('live').classList.remove('stale');
    announce('The service answers again');
  }
  announceDatabases(state.databases);
  connection('live', `live · ${clock.format(new Date())}`);
}

function announceDatabases(databases) {
  const names = new Map(databases.map((database) => [database.id, database.name]));
  if (known) {
    const more = [...names].filter(([id]) => !known.has(id)).map(([, name]) => `Database ${name} was created`);
    const fewer = [...known].filter(([id]) => !names.has(id)).map(([, name]) => `Database ${name} was deleted`);
    if (more.length + fewer.length > 0) {
      announce([...more, ...fewer].join('. '));
    }
  }
  known = names;
}

function gone() {
  if (!goneSince) {
    goneSince = new Date();
    setText(
      at('gone'),
      `The service has not answered since ${clock.format(goneSince)}. What is shown is what was seen last; the page goes on trying.`,
    );
    at('gone').hidden = false;
    at('live').classList.add('stale');
  }
  connection('gone', 'no answer');
}

function lock(reason) {
  forgetKey();
  views = undefined;
  known = undefined;
  for (const id of ['overview', 'details', 'on', 'start', 'map']) {
    at(id).replaceChildren();
  }
  at('live').hidden = true;
  at('gone').hidden = true;
  goneSince = undefined;
  setText(at('unlock-reason'), reason);
  at('unlock').hidden = false;
  connection('locked', 'locked');
  at('key').focus();
}

function begin() {
  if (takeKey()) {
    look();
  } else {
    lock('The program that runs the service prints an address that has the key behind its “#”. Open that, or paste the key here.');
  }
}

at('unlock').addEventListener('submit', (event) => {
  event.preventDefault();
  const given = at('key').value.trim();
  if (given) {
    at('key').value = '';
    keepKey(given.replace(/^.*#key=/, ''));
    at('unlock').hidden = true;
    connection('waiting', 'connecting');
    look();
  }
});
addEventListener('hashchange', () => {
  if (location.hash.startsWith('#key=')) {
    begin();
  }
});
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    clearTimeout(timer);
  } else if (sessionStorage.length > 0) {
    look();
  }
});
begin();
