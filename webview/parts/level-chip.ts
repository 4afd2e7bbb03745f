import { html, type TemplateResult } from 'lit';
import type { Label } from '../../src/extension/sidebar/messages.ts';
import { inkOn } from '../ink.ts';
import { paint } from '../paint.ts';

/** The level's number on its colour. Words stand beside it: colour alone says nothing. */
export function levelChip(label: Label, size: 'small' | 'large' = 'small'): TemplateResult {
  return html`<b class=${size === 'small' ? 'level-chip' : 'badge'} ${paint({ background: label.colour, color: inkOn(label.colour, size) })}
    >${label.level ?? ''}</b
  >`;
}
