const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** `768 bytes`, `1.34 kB`: decimal units, as file managers count. */
export function byteWords(bytes: number, locale: string): string {
  const place = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[place]!,
    unitDisplay: place === 0 ? 'long' : 'short',
    maximumSignificantDigits: 3,
  }).format(bytes / 1000 ** place);
}
