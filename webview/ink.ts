/** WCAG 2.2, 1.4.3: the least contrast of text with its background, by the size of the text. */
const leastContrast = { small: 4.5, large: 3 } as const;

/** White on that `#rrggbb` colour where it reads well enough, or else black: one of them always does. */
export function inkOn(colour: string, size: keyof typeof leastContrast): '#000000' | '#ffffff' {
  const contrastWithWhite = 1.05 / (relativeLuminance(colour) + 0.05);
  return contrastWithWhite >= leastContrast[size] ? '#ffffff' : '#000000';
}

/** From 0 for black to 1 for white. */
export function relativeLuminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
