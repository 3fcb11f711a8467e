// What is on, and what can be started.

import { call } from './access.js';
import { element, keyed, setText } from './dom.js';

export class Faults {
  #kinds;
  #announce;
  #changed;
  #on = element('ul', { class: 'on' });
  #onTitle = element('h3', { tabindex: '-1', id: 'on-title' });
  #region = select('region', 'Region');
  #database = select('database', 'Database');
  #problem = element('p', { class: 'notice bad', role: 'alert', hidden: true });
  #counts = new Map();
  #names = new Map();
  #chosen = false;

  constructor(on, start, kinds, announce, changed) {
    this.#kinds = new Map(kinds.map((kind) => [kind.id, kind]));
    this.#announce = announce;
    this.#changed = changed;
    on.append(this.#onTitle, this.#on);
    const ofData = kinds.filter((kind) => kind.ofData).map((kind) => this.#card(kind));
    const ofApi = kinds.filter((kind) => !kind.ofData).map((kind) => this.#card(kind));
    start.append(
      this.#problem,
      element('h3', {}, 'Start one: between clients and their data'),
      element('div', { class: 'where', role: 'group', 'aria-label': 'Where it happens' }, this.#region.node, this.#database.node),
      element('div', { class: 'cards' }, ...ofData),
      element('h3', {}, 'Start one: of the provisioning API'),
      element('div', { class: 'cards' }, ...ofApi),
    );
  }

  show(state) {
    this.#names = new Map(state.databases.map((database) => [database.id, database.name]));
    const codes = [...new Set(state.databases.flatMap((database) => database.regions.map((region) => region.code)))];
    this.#region.show([['', 'all regions'], ...codes.map((code) => [code, code])]);
    this.#database.show([['', 'all databases'], ...this.#names]);
    this.#chooseReplica(state);
    setText(this.#onTitle, state.faults.length === 0 ? 'On now: none' : `On now: ${state.faults.length}`);
    this.#onTitle.classList.toggle('some', state.faults.length > 0);
    keyed(this.#on, state.faults, (fault) => fault.number, (fault) => this.#entry(fault));
    for (const [id, node] of this.#counts) {
      const started = state.faults.filter((fault) => fault.kind === id).length;
      setText(node, started === 0 ? '' : started === 1 ? 'on' : `${started} on`);
    }
  }

  /** A replica is the usual victim; once anything was chosen, the choice stays. */
  #chooseReplica(state) {
    const replica = state.databases.flatMap((database) => database.regions).find((region) => region.role === 'replica');
    if (!this.#chosen && replica) {
      this.#region.input.value = replica.code;
      this.#chosen = true;
    }
  }

  #card(kind) {
    const inputs = kind.parameters.map((parameter) => field(kind, parameter));
    const on = element('span', { class: 'mark', 'data-kind': 'bad' });
    this.#counts.set(kind.id, on);
    const button = element(
      'button',
      { type: 'submit', 'data-kind': kind.id, 'aria-describedby': `${kind.id}-effect` },
      kind.once ? 'Do it' : 'Start',
      element('span', { class: 'unseen' }, `: ${kind.title}`),
    );
    const form = element(
      'form',
      { class: 'card', 'aria-label': kind.title, novalidate: true },
      element('h4', {}, kind.title, ' ', on),
      element('p', { id: `${kind.id}-effect` }, kind.effect),
      element('div', { class: 'fields' }, ...inputs.map((input) => input.node)),
      button,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#start(kind, inputs, button);
    });
    return form;
  }

  async #start(kind, inputs, button) {
    const wrong = inputs.find(({ input }) => !input.checkValidity());
    if (wrong) {
      this.#complain(`${kind.title}: ${wrong.label} is not possible. ${wrong.allowed}`);
      wrong.input.focus();
      return;
    }
    const fault = { kind: kind.id };
    if (kind.ofData) {
      fault.region = this.#region.input.value || null;
      fault.database = this.#database.input.value || null;
    }
    for (const { name, input } of inputs) {
      fault[name] = input.value === '' ? null : input.type === 'number' ? Number(input.value) : input.value;
    }
    await this.#attempt(button, async () => {
      await call('POST', '/page/faults', fault);
      this.#announce(`${this.#describe(fault)}: ${kind.once ? 'done' : 'started'}`);
    });
  }

  async #attempt(button, action) {
    if (button.getAttribute('aria-disabled') === 'true') {
      return;
    }
    button.setAttribute('aria-disabled', 'true');
    try {
      await action();
      this.#problem.hidden = true;
    } catch (failed) {
      this.#complain(failed.message);
    } finally {
      button.removeAttribute('aria-disabled');
      this.#changed();
    }
  }

  #complain(text) {
    setText(this.#problem, text);
    this.#problem.hidden = false;
  }

  #entry(fault) {
    const text = element('span', { class: 'what' });
    const node = element('li', {}, text);
    if (fault.starter === 'page') {
      const button = element(
        'button',
        { type: 'button', class: 'end', 'data-number': fault.number },
        'End',
        element('span', { class: 'unseen' }, `: ${this.#describe(fault)}`),
      );
      button.addEventListener('click', () =>
        this.#attempt(button, async () => {
          await call('DELETE', `/page/faults/${fault.number}`);
          this.#announce(`${this.#describe(fault)}: ended`);
          this.#onTitle.focus();
        }),
      );
      node.append(button);
    } else {
      node.append(element('span', { class: 'note' }, 'started from code, ended there'));
    }
    return {
      node,
      show: (shown) => setText(text, this.#describe(shown)),
    };
  }

  #describe(fault) {
    const kind = this.#kinds.get(fault.kind);
    const parts = [];
    if (kind.ofData) {
      parts.push(fault.region ?? 'all regions');
      parts.push(fault.database ? (this.#names.get(fault.database) ?? 'a database that is gone') : 'all databases');
    }
    for (const parameter of kind.parameters) {
      const value = fault[parameter.name];
      if (value !== undefined && value !== null && value !== 0) {
        parts.push(`${parameter.label.toLowerCase()} ${value}${parameter.unit ? ` ${parameter.unit}` : ''}`);
      }
    }
    return [kind.title, ...parts].join(' · ');
  }
}

function field(kind, parameter) {
  const id = `${kind.id}-${parameter.name}`;
  const isNumber = parameter.max !== undefined;
  let input;
  if (parameter.choices) {
    input = element(
      'select',
      { id },
      element('option', { value: '' }, 'all'),
      ...parameter.choices.map((choice) => element('option', { value: choice }, choice)),
    );
  } else {
    input = element('input', {
      id,
      type: isNumber ? 'number' : 'text',
      value: parameter.usual,
      min: parameter.min,
      max: parameter.max,
      step: isNumber ? '1' : undefined,
      maxlength: isNumber ? undefined : '200',
      placeholder: parameter.name === 'times' ? 'until ended' : parameter.usual === '' ? 'none' : undefined,
      autocomplete: 'off',
    });
  }
  const unit = parameter.unit ? ` (${parameter.unit})` : '';
  return {
    name: parameter.name,
    label: parameter.label,
    allowed: isNumber ? `A whole number from ${parameter.min} to ${parameter.max}.` : 'At most 200 characters.',
    input,
    node: element('div', { class: isNumber ? 'field short' : 'field' }, element('label', { for: id }, parameter.label + unit), input),
  };
}

function select(id, label) {
  const input = element('select', { id: `where-${id}` });
  let shown = '';
  return {
    input,
    node: element('div', { class: 'field' }, element('label', { for: input.id }, label), input),
    show(options) {
      const wanted = JSON.stringify(options);
      if (wanted === shown) {
        return;
      }
      shown = wanted;
      const chosen = input.value;
      input.replaceChildren(...options.map(([value, text]) => element('option', { value }, text)));
      input.value = options.some(([value]) => value === chosen) ? chosen : '';
    },
  };
}
