import type { Host } from '../host';
import type { FrameTrouble } from '../transport/frame-trouble';
import type { OfficeShell, PaneState } from '../transport/office-services';
import { ParentFrame, type BatchFault, type Command, type FocusExit } from '../transport/parent-frame';
import { element } from './dom';
import { localized, type AddinManifest, type LocalizedText, type RibbonButton } from './manifest';
import type { Pane } from './pane';
import type { Translate } from './texts';

export interface AddinOptions {
  readonly manifest: AddinManifest;
  readonly host: Host;
  readonly pane: Pane;
  readonly ribbon: Pick<OfficeShell, 'setControlEnabled' | 'setTabVisible'>;
  readonly documentUrl: string;
  readonly onFocusExit: (exit: FocusExit) => void;
}

/** The running add-in: the frame in its pane and, without a shared runtime, a hidden one for its ribbon functions. */
export class Addin {
  private frame: ParentFrame | undefined;
  private functions: ParentFrame | undefined;
  private readonly functionsHolder = element('div', { hidden: true });
  private page: LocalizedText;
  private locale = 'en-US';
  private text: Translate = (key) => key;

  constructor(private readonly options: AddinOptions) {
    this.page = options.manifest.pane;
    document.body.append(this.functionsHolder);
  }

  /** Office.js in the pane has answered. */
  get started(): Promise<void> {
    return this.frame?.started ?? Promise.reject(new Error('The add-in has no frame yet.'));
  }

  get busy(): boolean {
    return (this.frame?.busy ?? false) || (this.functions?.busy ?? false);
  }

  /** Starts the add-in anew in a language; the workbook stays as it is. */
  start(locale: string, text: Translate): void {
    this.locale = locale;
    this.text = text;
    this.frame?.dispose();
    this.functions?.dispose();
    this.functions = undefined;
    const { pane } = this.options;
    const frame = this.open(pane.body, this.page);
    this.frame = frame;
    pane.showNotice(text('starting', { name: this.name }));
    void frame.started.then(() => frame === this.frame && pane.clearNotice());
  }

  /** Does what a ribbon button is for. Fulfilled when the pane is shown or the add-in says its function has completed. */
  async press(button: RibbonButton): Promise<void> {
    if (button.action.kind === 'function') {
      return this.invoke({ controlId: button.id, functionName: button.action.name });
    }
    if (localized(button.action.url, this.locale) !== localized(this.page, this.locale)) {
      this.page = button.action.url;
      this.start(this.locale, this.text);
    }
    this.options.pane.setVisible(true);
    await this.started;
  }

  failNextBatch(fault: BatchFault): void {
    this.frame?.failNextBatch(fault);
  }

  announceVisibility(visible: boolean): void {
    this.frame?.announceVisibility(visible ? 'Visible' : 'Background');
  }

  private get name(): string {
    return localized(this.options.manifest.name, this.locale);
  }

  private invoke(command: Command): Promise<void> {
    const { manifest } = this.options;
    if (manifest.sharedRuntime || manifest.functionFile === undefined) {
      return this.frame?.invoke(command) ?? Promise.reject(new Error('The add-in has no frame yet.'));
    }
    this.functions ??= this.open(this.functionsHolder, manifest.functionFile);
    return this.functions.invoke(command);
  }

  private open(container: HTMLElement, page: LocalizedText): ParentFrame {
    const { manifest, host, documentUrl, onFocusExit } = this.options;
    const url = localized(page, this.locale);
    return new ParentFrame({
      host,
      container,
      url,
      shell: this.shell(),
      title: this.name,
      addinId: manifest.id,
      addinName: this.name,
      documentUrl,
      displayLanguage: this.locale,
      contentLanguage: this.locale,
      sharedRuntime: manifest.sharedRuntime,
      onTrouble: (trouble) => this.tell(trouble, url),
      onOpenWindow: (address) => window.open(address, '_blank', 'noopener'),
      onFocusExit,
    });
  }

  private shell(): OfficeShell {
    const { pane, ribbon } = this.options;
    return {
      paneState: (): PaneState => (pane.visible ? 'Visible' : 'Background'),
      setPaneState: (state) => pane.setVisible(state === 'Visible'),
      setControlEnabled: (id, enabled) => ribbon.setControlEnabled(id, enabled),
      setTabVisible: (id, visible) => ribbon.setTabVisible(id, visible),
    };
  }

  private tell(trouble: FrameTrouble, url: string): void {
    const retry = element('button', { type: 'button', class: 'primary' }, this.text('retry'));
    retry.addEventListener('click', () => this.start(this.locale, this.text));
    this.options.pane.showNotice(
      element('strong', {}, this.text('troubleTitle', { name: this.name })),
      element('p', {}, this.text(`trouble.${trouble}`, { url })),
      retry,
    );
  }
}
