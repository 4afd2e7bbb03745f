import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

/** Style properties by their CSS names. */
type Styles = Readonly<Record<string, string>>;

/**
 * Sets an element's style properties one by one, which the page's policy allows; a `style` attribute it does not, and that
 * is what Lit's own directive writes at first.
 */
class Paint extends Directive {
  override update(part: ElementPart, [styles]: [Styles]): unknown {
    const { element } = part;
    if (!(element instanceof HTMLElement)) return noChange;
    for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value);
    return noChange;
  }

  render(_styles: Styles): unknown {
    return noChange;
  }
}

export const paint = directive(Paint);
