// Makes and changes elements without touching what stays the same, so that focus and selection survive.

const SVG = 'http://www.w3.org/2000/svg';
const kept = new WeakMap();

export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function drawn(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children);
  return node;
}

export function setText(node, text) {
  const wanted = String(text);
  if (node.textContent !== wanted) {
    node.textContent = wanted;
  }
}

/**
 * One child for each item, behind `first` children that are always there: those that stay keep their nodes.
 * `make(item)` answers `{ node, show(item) }`.
 */
export function keyed(parent, items, keyOf, make, first = 0) {
  const before = kept.get(parent) ?? new Map();
  const after = new Map();
  items.forEach((item, index) => {
    const key = keyOf(item);
    const child = before.get(key) ?? make(item);
    after.set(key, child);
    const there = parent.children[first + index];
    if (there !== child.node) {
      parent.insertBefore(child.node, there ?? null);
    }
    child.show(item);
  });
  for (const [key, child] of before) {
    if (!after.has(key)) {
      child.node.remove();
    }
  }
  kept.set(parent, after);
}
