import { element } from './dom';

const DELAY_MS = 500;
const MARGIN = 8;

/** A tip of two parts, title and description, under a control; shown on hover and on keyboard focus, gone with Escape. */
export function attachTip(control: HTMLElement, title: string, description: string): void {
  const tip = element(
    'div',
    { class: 'tip', role: 'tooltip', id: `${control.id}-tip` },
    element('strong', {}, title),
    element('span', {}, description),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = () => {
    if (document.querySelector(':popover-open') !== null) return;
    document.body.append(tip);
    const box = control.getBoundingClientRect();
    const left = Math.min(box.left, innerWidth - tip.offsetWidth - MARGIN);
    tip.style.left = `${Math.max(MARGIN, left)}px`;
    tip.style.top = `${box.bottom + MARGIN}px`;
  };
  const hide = () => {
    clearTimeout(timer);
    tip.remove();
  };
  control.setAttribute('aria-description', `${title}. ${description}`);
  control.addEventListener('pointerenter', () => (timer = setTimeout(show, DELAY_MS)));
  control.addEventListener('pointerleave', hide);
  control.addEventListener('focus', () => control.matches(':focus-visible') && show());
  control.addEventListener('blur', hide);
  control.addEventListener('click', hide);
  control.addEventListener('keydown', (event) => event.key === 'Escape' && hide());
}
