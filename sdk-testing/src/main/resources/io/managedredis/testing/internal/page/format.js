// Numbers as people read them.

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export const NONE = '–';

export function count(number) {
  return number === undefined ? NONE : whole.format(number);
}

export function rate(perSecond) {
  if (perSecond === undefined) {
    return NONE;
  }
  return perSecond > 0 && perSecond < 10 ? fine.format(perSecond) : whole.format(perSecond);
}

export function bytes(number) {
  if (number === undefined) {
    return NONE;
  }
  let unit = 0;
  let size = number;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 || size >= 100 || Number.isInteger(size) ? whole.format(size) : fine.format(size)} ${UNITS[unit]}`;
}

export function millis(number) {
  if (number === undefined) {
    return NONE;
  }
  return `${number > 0 && number < 10 ? fine.format(number) : whole.format(number)} ms`;
}

export function percent(share) {
  const hundredths = share * 100;
  return hundredths > 0 && hundredths < 1 ? '< 1 %' : `${whole.format(hundredths)} %`;
}
