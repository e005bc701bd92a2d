/**
 * The services of `Office.addin` and `Office.ribbon`, and office.js's own notice that it has started. Office.js sends them as rich API batches of their own, apart from the
 * workbook's; they concern the application around the sheet (pane and ribbon), so the transport answers them and the workbook
 * never sees them.
 */

export type PaneState = 'Visible' | 'Background';

/** The application around the sheet, as far as an add-in may steer it. */
export interface OfficeShell {
  paneState(): PaneState;
  setPaneState(state: PaneState): void;
  /** False when the ribbon has no such control. */
  setControlEnabled(id: string, enabled: boolean): boolean;
  /** False when the ribbon has no such tab. */
  setTabVisible(id: string, visible: boolean): boolean;
}

interface ObjectPath {
  readonly Id: number;
  readonly ObjectPathType: number;
  readonly Name: string;
  readonly ArgumentInfo?: { readonly Arguments?: readonly unknown[] };
}

interface Action {
  readonly Id: number;
  readonly ActionType: number;
  readonly Name: string;
  readonly ObjectPathId: number;
  readonly ArgumentInfo?: { readonly Arguments?: readonly unknown[] };
}

interface Batch {
  readonly Actions: readonly Action[];
  readonly ObjectPaths: Readonly<Record<string, ObjectPath>>;
}

const NEW_OBJECT = 2;
const SERVICES = /"Name":"Microsoft\.(AppRuntime|DynamicRibbon|InternalService)\./;

class ServiceError extends Error {
  constructor(
    readonly code: 'ApiNotFound' | 'InvalidArgument',
    message: string,
  ) {
    super(message);
  }
}

export class OfficeServices {
  private startState: 'Inactive' | 'Background' = 'Inactive';

  /** `onReady` is called when office.js has started and can carry ribbon functions out. */
  constructor(
    private readonly shell: OfficeShell,
    private readonly onReady: () => void,
  ) {}

  /** True for a batch of these services, false for one of the workbook. Cheap: a look at the text. */
  understands(body: string): boolean {
    return SERVICES.test(body);
  }

  /** Runs a batch of these services. Takes and gives the JSON text of `ProcessQuery`. */
  execute(body: string): string {
    // The text comes from office.js through the checked channel; this is the shape of its batches.
    const batch = JSON.parse(body) as Batch;
    const results: { ActionId: number; Value: unknown }[] = [];
    const traces: number[] = [];
    for (const [index, action] of batch.Actions.entries()) {
      try {
        const path = batch.ObjectPaths[action.ObjectPathId];
        if (path === undefined) traces.push(action.Id);
        results.push({ ActionId: action.Id, Value: path === undefined ? null : this.perform(action, path) });
      } catch (error) {
        return JSON.stringify({
          Results: results,
          TraceIds: traces,
          Error: errorReply(error, action, index),
        });
      }
    }
    return JSON.stringify({ Results: results, TraceIds: traces });
  }

  private perform(action: Action, path: ObjectPath): unknown {
    const name = path.ObjectPathType === NEW_OBJECT ? path.Name : `${path.Name}()`;
    const argument = action.ArgumentInfo?.Arguments?.[0];
    const [first] = path.ArgumentInfo?.Arguments ?? [];
    const target = typeof first === 'string' ? first : '';
    switch (action.Name === '' ? name : `${name}.${action.Name}`) {
      case 'Microsoft.AppRuntime.AppRuntimeService':
      case 'Microsoft.AppRuntime.AppRuntimePersistenceService':
      case 'Microsoft.DynamicRibbon.DynamicRibbon':
      case 'Microsoft.InternalService.AddinInternalService':
        return {};
      case 'GetButton()':
      case 'GetTab()':
        return { Id: target };
      case 'Microsoft.AppRuntime.AppRuntimeService.GetAppRuntimeState':
        return this.shell.paneState();
      case 'Microsoft.AppRuntime.AppRuntimeService.SetAppRuntimeState':
        return this.shell.setPaneState(argument === 'Visible' ? 'Visible' : 'Background');
      case 'Microsoft.AppRuntime.AppRuntimePersistenceService.GetAppRuntimeStartState':
        return this.startState;
      case 'Microsoft.AppRuntime.AppRuntimePersistenceService.SetAppRuntimeStartState':
        this.startState = argument === 'Background' ? 'Background' : 'Inactive';
        return null;
      case 'Microsoft.InternalService.AddinInternalService.NotifyActionHandlerReady':
        this.onReady();
        return null;
      case 'GetButton().Enabled':
      case 'GetButton().SetEnabled':
        return known('control', target, this.shell.setControlEnabled(target, argument === true));
      case 'GetTab().SetVisibility':
        return known('tab', target, this.shell.setTabVisible(target, argument === true));
      default:
        throw new ServiceError('ApiNotFound', `${name}.${action.Name} is not offered here.`);
    }
  }
}

function known(kind: string, id: string, found: boolean): null {
  if (!found) throw new ServiceError('InvalidArgument', `The ribbon has no ${kind} "${id}".`);
  return null;
}

function errorReply(error: unknown, action: Action, index: number) {
  return {
    Code: error instanceof ServiceError ? error.code : 'GeneralException',
    Message: error instanceof Error ? error.message : String(error),
    Location: action.Name,
    ActionIndex: index,
    HttpStatusCode: 400,
  };
}
