// The key of the page, and requests that carry it.

const STORED = 'managed-redis-page-key';
const PATIENCE_MILLIS = 10_000;

/** Nobody answers, or what answers is not able to. */
export class Gone extends Error {}

/** The key is not the right one. */
export class Locked extends Error {}

/** The service says what is wrong with the request. */
export class Refused extends Error {}

/** The key from the address, which then leaves the address, else the one this tab had before. */
export function takeKey() {
  const given = new URLSearchParams(location.hash.slice(1)).get('key');
  if (given) {
    keepKey(given);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(STORED);
}

export function keepKey(key) {
  sessionStorage.setItem(STORED, key);
}

export function forgetKey() {
  sessionStorage.removeItem(STORED);
}

export async function call(method, path, body) {
  const headers = { Authorization: `Bearer ${sessionStorage.getItem(STORED)}` };
  if (body) {
    headers['Content-Type'] = 'application/json';
  }
  let response;
  let answer;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MILLIS),
    });
    answer = await response.json();
  } catch (failed) {
    throw new Gone(failed.message);
  }
  if (response.ok) {
    return answer;
  }
  const message = answer.errors?.[0]?.message ?? `The service answered ${response.status}`;
  if (response.status === 401) {
    throw new Locked(message);
  }
  if (response.status >= 500) {
    throw new Gone(message);
  }
  throw new Refused(message);
}
