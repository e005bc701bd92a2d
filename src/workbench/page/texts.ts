/** The workbench's own words. It knows no product; the add-in's words come from its manifest. */
export type Language = 'en' | 'it';

export const languages: readonly Language[] = ['en', 'it'];

const english = {
  applicationName: 'Workbench',
  defaultWorkbook: 'Book1',
  defaultSheet: 'Sheet1',
  homeTab: 'Home',
  dataTab: 'Data',
  otherTab: 'Add-ins',
  ribbonTabs: 'Ribbon tabs',
  grid: 'Spreadsheet',
  closePane: 'Close the pane',
  resizePane: 'Width of the pane',
  useDark: 'Use dark colours',
  useLight: 'Use light colours',
  languageName: 'English',
  chooseLanguage: 'Language',
  aboutWorkbench:
    'This is the workbench. It stands in for Excel so that you can try {name}; it is not Excel.',
  openInExcel: 'Real Excel, on Windows or a Mac: {command}',
  starting: 'Starting {name}…',
  troubleTitle: '{name} did not start',
  retry: 'Try again',
  'trouble.page-unreachable':
    'Its page could not be loaded from {url}. Check that the server that gives it is running.',
  'trouble.no-office-js':
    'Its page loaded, but does not load office.js. Without it, it cannot talk to a spreadsheet.',
  'trouble.not-trusted':
    'Office.js did not trust this page. Allow this site to store data in your browser, then try again.',
  'trouble.silent':
    'Office.js loaded but does not answer. Allow this site to store data in your browser, open it as localhost or 127.0.0.1, then try again.',
  newWorkbook: 'Book2',
  workbookSaved:
    'Excel would open this as a new workbook. The workbench holds only one, so it was saved as a file among your downloads.',
  oneWorkbook: 'Excel would open a new, empty workbook. The workbench holds only one.',
  commandFailed: 'The add-in did not run "{command}".',
  startFailed: 'The workbench could not start: {reason}',
  dismiss: 'Close this message',
};

export type TextKey = keyof typeof english;

const italian: Readonly<Record<TextKey, string>> = {
  applicationName: 'Banco di prova',
  defaultWorkbook: 'Cartel1',
  defaultSheet: 'Foglio1',
  homeTab: 'Home',
  dataTab: 'Dati',
  otherTab: 'Componenti aggiuntivi',
  ribbonTabs: 'Schede della barra multifunzione',
  grid: 'Foglio di calcolo',
  closePane: 'Chiudi il riquadro',
  resizePane: 'Larghezza del riquadro',
  useDark: 'Usa i colori scuri',
  useLight: 'Usa i colori chiari',
  languageName: 'Italiano',
  chooseLanguage: 'Lingua',
  aboutWorkbench: 'Questo è il banco di prova. Sta al posto di Excel per provare {name}; non è Excel.',
  openInExcel: 'Con il vero Excel, su Windows o Mac: {command}',
  starting: 'Avvio di {name}…',
  troubleTitle: '{name} non si è avviato',
  retry: 'Riprova',
  'trouble.page-unreachable':
    'La sua pagina non è stata caricata da {url}. Verifica che il server che la fornisce sia in esecuzione.',
  'trouble.no-office-js':
    'La sua pagina è stata caricata, ma non carica office.js. Senza non può parlare con un foglio di calcolo.',
  'trouble.not-trusted':
    'Office.js non si è fidato di questa pagina. Consenti a questo sito di salvare dati nel browser, poi riprova.',
  'trouble.silent':
    'Office.js è caricato ma non risponde. Consenti a questo sito di salvare dati nel browser, aprilo come localhost o 127.0.0.1, poi riprova.',
  newWorkbook: 'Cartel2',
  workbookSaved:
    'Excel lo aprirebbe come nuova cartella di lavoro. Il banco di prova ne tiene una sola, quindi è stato salvato come file tra i tuoi download.',
  oneWorkbook: 'Excel aprirebbe una nuova cartella di lavoro vuota. Il banco di prova ne tiene una sola.',
  commandFailed: 'Il componente aggiuntivo non ha eseguito "{command}".',
  startFailed: 'Il banco di prova non si è avviato: {reason}',
  dismiss: 'Chiudi questo messaggio',
};

const catalogues = { en: english, it: italian } as const;

/** Looks a text up and fills its `{placeholders}`. */
export type Translate = (key: TextKey, values?: Readonly<Record<string, string>>) => string;

export function translator(language: Language): Translate {
  return (key, values = {}) =>
    catalogues[language][key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
