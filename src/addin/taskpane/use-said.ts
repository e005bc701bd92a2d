import { useAnnounce } from '@fluentui/react-components';
import { useEffect } from 'react';

/**
 * Has a text read out when what it is about comes into view, and anew for another `about`. A live region that comes together with its
 * text is mostly passed over.
 */
export function useSaid(text: string, about: object): void {
  const { announce } = useAnnounce();
  // The same in another language is no news.
  useEffect(() => announce(text), [announce, about]);
}
