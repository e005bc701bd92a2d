import { byId, element, icon, redrawKeepingFocus } from './dom';
import {
  localized,
  type Icons,
  type LocalizedText,
  type RibbonButton,
  type RibbonGroup,
  type RibbonMenu,
  type RibbonTab,
} from './manifest';
import type { TextKey, Translate } from './texts';
import { attachTip } from './tip';

const CHEVRON = 'M6 8.5l4 4 4-4';
/** Edge length in CSS pixels of a button's image. */
const ICON_SIZE = 32;
/** The spreadsheet's own tab; the style sheet shows the spreadsheet's tools while it is in front. */
const HOME_TAB = 'TabHome';

/** Tabs of the application that an add-in can put its groups on. */
const BUILT_IN_TABS: Readonly<Record<string, TextKey>> = { [HOME_TAB]: 'homeTab', TabData: 'dataTab' };

export interface RibbonOptions {
  readonly tabs: readonly RibbonTab[];
  readonly onPress: (button: RibbonButton) => void;
}

/** The ribbon: the spreadsheet's own tab and those of the manifest. Keeps the states the add-in sets at run time. */
export class Ribbon {
  private readonly tabs: readonly RibbonTab[];
  private readonly enabled = new Map<string, boolean>();
  private readonly hiddenTabs = new Set<string>();
  private readonly buttons: ReadonlyMap<string, RibbonButton>;
  private active: string;
  private locale = 'en-US';
  private text: Translate = (key) => key;

  constructor(private readonly options: RibbonOptions) {
    const own = options.tabs.find((tab) => tab.id === HOME_TAB) ?? { id: HOME_TAB, groups: [] };
    this.tabs = [own, ...options.tabs.filter((tab) => tab !== own)];
    this.active = (this.tabs.find((tab) => tab.groups.length > 0) ?? own).id;
    const controls = this.tabs.flatMap((tab) => tab.groups).flatMap((group) => group.controls);
    for (const control of controls) this.enabled.set(control.id, control.enabled);
    const buttons = controls.flatMap((control) => (control.kind === 'menu' ? control.items : [control]));
    for (const button of buttons) this.enabled.set(button.id, button.enabled);
    this.buttons = new Map(buttons.map((button) => [button.id, button]));
  }

  draw(locale: string, text: Translate): void {
    this.locale = locale;
    this.text = text;
    this.redraw();
  }

  /** False when there is no such control. */
  setControlEnabled(id: string, enabled: boolean): boolean {
    if (!this.enabled.has(id)) return false;
    this.enabled.set(id, enabled);
    this.redraw();
    return true;
  }

  /** False when there is no such tab. */
  setTabVisible(id: string, visible: boolean): boolean {
    if (!this.tabs.some((tab) => tab.id === id)) return false;
    if (visible) this.hiddenTabs.delete(id);
    else this.hiddenTabs.add(id);
    if (!visible && this.active === id) this.active = HOME_TAB;
    this.redraw();
    return true;
  }

  isEnabled(id: string): boolean | undefined {
    return this.enabled.get(id);
  }

  /** The button with this control id, menu items included. */
  button(id: string): RibbonButton | undefined {
    return this.buttons.get(id);
  }

  private redraw(): void {
    redrawKeepingFocus(() => {
      const visible = this.tabs.filter((tab) => !this.hiddenTabs.has(tab.id));
      this.drawTabs(visible);
      this.drawGroups(visible.find((tab) => tab.id === this.active)?.groups ?? []);
      document.body.dataset['tab'] = this.active;
    });
  }

  private drawTabs(tabs: readonly RibbonTab[]): void {
    const list = byId('ribbon-tabs');
    list.setAttribute('role', 'tablist');
    list.setAttribute('aria-label', this.text('ribbonTabs'));
    list.replaceChildren(...tabs.map((tab) => this.tabHandle(tab, tabs)));
  }

  private drawGroups(groups: readonly RibbonGroup[]): void {
    const body = byId('ribbon');
    body.setAttribute('role', 'tabpanel');
    body.setAttribute('aria-labelledby', `tab-${this.active}`);
    body.hidden = groups.length === 0;
    body.replaceChildren(...groups.map((group) => this.group(group)));
  }

  private tabHandle(tab: RibbonTab, all: readonly RibbonTab[]): HTMLElement {
    const selected = tab.id === this.active;
    const handle = element(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${tab.id}`,
        'aria-selected': String(selected),
        'aria-controls': 'ribbon',
        tabindex: selected ? '0' : '-1',
      },
      tab.label === undefined ? this.text(BUILT_IN_TABS[tab.id] ?? 'otherTab') : this.say(tab.label),
    );
    handle.addEventListener('click', () => this.activate(tab.id));
    handle.addEventListener('keydown', (event) => {
      const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      const next = all[(all.indexOf(tab) + step + all.length) % all.length];
      if (step === 0 || next === undefined) return;
      event.preventDefault();
      this.activate(next.id);
      document.getElementById(`tab-${next.id}`)?.focus();
    });
    return handle;
  }

  private activate(id: string): void {
    this.active = id;
    this.redraw();
  }

  private group(group: RibbonGroup): HTMLElement {
    const label = this.say(group.label);
    const controls = group.controls.map((control) =>
      control.kind === 'menu' ? this.menu(control) : this.command(control),
    );
    return element(
      'div',
      { class: 'ribbon-group', role: 'group', 'aria-label': label },
      element('div', { class: 'ribbon-controls' }, ...controls),
      element('div', { class: 'ribbon-group-label', 'aria-hidden': 'true' }, label),
    );
  }

  private command(button: RibbonButton): HTMLElement {
    const face = this.face(button);
    face.addEventListener('click', () => {
      if (this.isEnabled(button.id) === true) this.options.onPress(button);
    });
    return face;
  }

  private menu(menu: RibbonMenu): HTMLElement {
    const face = this.face(menu, icon(CHEVRON, 12));
    const list = element('div', { class: 'ribbon-menu', popover: 'auto', role: 'menu' });
    list.append(
      ...menu.items.map((item) => {
        const entry = this.command(item);
        entry.setAttribute('role', 'menuitem');
        entry.addEventListener('click', () => list.hidePopover());
        return entry;
      }),
    );
    face.setAttribute('aria-haspopup', 'menu');
    face.addEventListener('click', () => {
      if (this.isEnabled(menu.id) !== true) return;
      const box = face.getBoundingClientRect();
      list.style.left = `${box.left}px`;
      list.style.top = `${box.bottom}px`;
      list.togglePopover();
      list.querySelector('button')?.focus();
    });
    return element('div', { class: 'ribbon-menu-holder' }, face, list);
  }

  /** A disabled button stays focusable, so that its tip can be read by keyboard too. */
  private face(control: RibbonButton | RibbonMenu, ...after: Node[]): HTMLButtonElement {
    const face = element(
      'button',
      {
        type: 'button',
        class: 'ribbon-button',
        id: `control-${control.id}`,
        'data-control': control.id,
        'aria-disabled': this.isEnabled(control.id) === false ? 'true' : undefined,
      },
      element('img', {
        src: this.image(control.icons),
        alt: '',
        width: String(ICON_SIZE),
        height: String(ICON_SIZE),
      }),
      element('span', {}, this.say(control.label), ...after),
    );
    if (control.tip) attachTip(face, this.say(control.tip.title), this.say(control.tip.description));
    return face;
  }

  /** The smallest image that is sharp on this screen, else the largest there is. */
  private image(icons: Icons): string {
    const needed = ICON_SIZE * devicePixelRatio;
    const sizes = Object.keys(icons)
      .map(Number)
      .sort((a, b) => a - b);
    const size = sizes.find((candidate) => candidate >= needed) ?? sizes.at(-1);
    const image = size === undefined ? undefined : icons[size];
    return image === undefined ? '' : this.say(image);
  }

  private say(text: LocalizedText): string {
    return localized(text, this.locale);
  }
}
