import { byId, element, icon } from './dom';
import { rememberedPaneWidth, rememberPaneWidth } from './preferences';
import type { Translate } from './texts';

const CLOSE = 'M5 5l10 10M15 5L5 15';
const MIN_PANE_WIDTH = 320;
const USUAL_PANE_WIDTH = 378;
/** What must stay of the sheet, in pixels. */
const MIN_GRID_WIDTH = 240;
const KEY_STEP = 16;

export interface PaneOptions {
  readonly onVisibility: (visible: boolean) => void;
}

/** The task pane at the right: a header, room for the add-in's frame, and the divider that sets its width. */
export class Pane {
  /** Where the add-in's frame goes. */
  readonly body = element('div', { class: 'pane-body' });
  private readonly icon = element('img', { alt: '', width: '16', height: '16' });
  private readonly title = element('h2', {});
  private readonly close = element('button', { type: 'button' }, icon(CLOSE, 16));
  private readonly notice = element('div', { class: 'pane-notice', hidden: true });
  private readonly root = byId('pane');
  private readonly splitter = byId('splitter');
  private width = rememberedPaneWidth() ?? USUAL_PANE_WIDTH;

  constructor(private readonly options: PaneOptions) {
    this.root.append(
      element('header', { class: 'pane-header' }, this.icon, this.title, this.close),
      this.notice,
      this.body,
    );
    this.close.addEventListener('click', () => this.setVisible(false));
    this.listenToSplitter();
    window.addEventListener('resize', () => this.applyWidth());
    this.applyWidth();
  }

  draw(title: string, iconAddress: string, text: Translate): void {
    this.icon.src = iconAddress;
    this.title.textContent = title;
    this.root.setAttribute('aria-label', title);
    for (const [target, label] of [
      [this.close, text('closePane')],
      [this.splitter, text('resizePane')],
    ] as const) {
      target.setAttribute('aria-label', label);
      target.title = label;
    }
  }

  get visible(): boolean {
    return !this.root.hidden;
  }

  /** A hidden pane keeps its add-in running, as a shared runtime does. */
  setVisible(visible: boolean): void {
    if (visible === this.visible) return;
    this.root.hidden = !visible;
    this.splitter.hidden = !visible;
    this.options.onVisibility(visible);
  }

  focusHeader(): void {
    this.close.focus();
  }

  /** Shows something over the add-in's frame: that it is starting, or why it did not start. */
  showNotice(...content: (Node | string)[]): void {
    this.notice.replaceChildren(...content);
    this.notice.hidden = false;
  }

  clearNotice(): void {
    this.notice.hidden = true;
  }

  private listenToSplitter(): void {
    const { splitter } = this;
    splitter.setAttribute('role', 'separator');
    splitter.setAttribute('aria-orientation', 'vertical');
    splitter.setAttribute('aria-controls', 'pane');
    splitter.tabIndex = 0;
    splitter.addEventListener('pointerdown', (event) => {
      splitter.setPointerCapture(event.pointerId);
      document.body.classList.add('resizing');
    });
    splitter.addEventListener('pointermove', (event) => {
      if (splitter.hasPointerCapture(event.pointerId)) this.resize(innerWidth - event.clientX);
    });
    splitter.addEventListener('lostpointercapture', () => {
      document.body.classList.remove('resizing');
      rememberPaneWidth(this.width);
    });
    splitter.addEventListener('dblclick', () => this.resizeAndRemember(USUAL_PANE_WIDTH));
    splitter.addEventListener('keydown', (event) => {
      const steps: Readonly<Record<string, number>> = { ArrowLeft: KEY_STEP, ArrowRight: -KEY_STEP };
      const wanted = event.key === 'Home' ? MIN_PANE_WIDTH : this.width + (steps[event.key] ?? 0);
      if (wanted === this.width) return;
      event.preventDefault();
      this.resizeAndRemember(wanted);
    });
  }

  private resizeAndRemember(width: number): void {
    this.resize(width);
    rememberPaneWidth(this.width);
  }

  private resize(width: number): void {
    this.width = Math.max(MIN_PANE_WIDTH, Math.min(width, innerWidth - MIN_GRID_WIDTH));
    this.applyWidth();
  }

  private applyWidth(): void {
    const most = Math.max(MIN_PANE_WIDTH, innerWidth - MIN_GRID_WIDTH);
    this.root.style.width = `${Math.min(this.width, most)}px`;
    this.splitter.setAttribute('aria-valuenow', String(Math.round(this.width)));
    this.splitter.setAttribute('aria-valuemin', String(MIN_PANE_WIDTH));
    this.splitter.setAttribute('aria-valuemax', String(Math.round(most)));
  }
}
