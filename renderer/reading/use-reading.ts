import { type RefObject, useRef, useState } from 'react';
import { useCommand } from '../bridge/commands.ts';
import { type OpenMessage, type Subject, useMessage } from './use-message.ts';
import { useReadOn } from './use-read-on.ts';

const zoomStep = 1.15;
const leastZoom = 0.5;
const mostZoom = 3;

/** Finding in the message: what for, how often it is there, and the place that is shown. */
export type Finding = {
  readonly isOn: boolean;
  readonly text: string;
  readonly found: number;
  /** From 1 on. */
  readonly place: number;
  readonly setText: (text: string) => void;
  readonly step: (by: 1 | -1) => void;
  readonly close: () => void;
};

/** The message that is read, and how. */
export type Reading = {
  readonly open: OpenMessage;
  readonly frame: RefObject<HTMLIFrameElement | null>;
  /** Address of the body, at the place that was found. */
  readonly bodyUrl: string;
  readonly zoom: number;
  readonly setZoom: (zoom: number) => void;
  readonly finding: Finding;
  /** The sheet of the source or of the headers; null while neither is open. */
  readonly sheet: 'source' | 'headers' | null;
  readonly closeSheet: () => void;
};

/** Follows what is looked for in the body; the program marks it there. */
function useFinding(open: OpenMessage): Finding {
  const [isOn, setOn] = useState(false);
  const [place, setPlace] = useState(1);
  const { body, setBody } = open;
  const found = open.view?.found ?? 0;
  useCommand('find', () => setOn(true), open.view !== null);
  return {
    ...{ isOn, found, place, text: body.find ?? '' },
    setText: (find) => {
      setPlace(1);
      setBody({ ...body, find });
    },
    step: (by) => setPlace((before) => ((before - 1 + by + found) % Math.max(1, found)) + 1),
    close: () => {
      setOn(false);
      setBody({ ...body, find: '' });
    },
  };
}

/** Reads a message and answers the commands that are about it while it is shown. */
export function useReading(subject: Subject | null, isDark: boolean): Reading {
  const open = useMessage(subject, isDark);
  const finding = useFinding(open);
  const [sheet, setSheet] = useState<Reading['sheet']>(null);
  const [zoom, setZoom] = useState(1);
  const frame = useRef<HTMLIFrameElement>(null);
  const { view } = open;
  const has = view !== null;
  useCommand('source', () => setSheet('source'), has);
  useCommand('headers', () => setSheet('headers'), has);
  useCommand('zoom-in', () => setZoom((before) => Math.min(mostZoom, before * zoomStep)), has);
  useCommand('zoom-out', () => setZoom((before) => Math.max(leastZoom, before / zoomStep)), has);
  useCommand('zoom-reset', () => setZoom(1), has);
  // While the next message is on its way, its body is not there to be paged.
  const isThere = view !== null && (subject?.kind !== 'stored' || subject.id === view.summary.id);
  useReadOn(frame, isThere ? view.bodyUrl : null);
  const url = view?.bodyUrl ?? '';
  return {
    ...{ open, frame, zoom, setZoom, finding, sheet },
    bodyUrl: finding.found > 0 ? `${url}#poppy-found-${finding.place}` : url,
    closeSheet: () => setSheet(null),
  };
}
