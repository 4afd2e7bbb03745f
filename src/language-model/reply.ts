/** An answer without what models put around it: thinking aloud, and a code fence around the whole. */
export function bareReply(text: string): string {
  const spoken = text.replace(/^\s*<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/i, '').trim();
  return /^```[a-z]*\s*\n([\s\S]*?)\n?```$/i.exec(spoken)?.[1]?.trim() ?? spoken;
}
