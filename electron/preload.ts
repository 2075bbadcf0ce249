import { contextBridge, ipcRenderer } from 'electron';
import type { PoppyBridge } from '../shared/contract.ts';
import { connectMessage, lostMessage, type ToPage } from '../shared/page-channel.ts';
import { PageEnd } from './page-end.ts';

/*
 * The only door between the page and the program: two functions over one port. The shell checks what goes through;
 * here nothing is decided. Requests wait in the port until the shell reads it.
 */
const { port1: port, port2: shellsPort } = new MessageChannel();
const end = new PageEnd(
  (message) => port.postMessage(message),
  () => ipcRenderer.send(lostMessage),
);
port.addEventListener('message', ({ data }: MessageEvent<ToPage>) => end.receive(data));
port.addEventListener('close', () => end.lose());
port.start();
ipcRenderer.postMessage(connectMessage, null, [shellsPort]);

const bridge: PoppyBridge = { request: end.request, on: end.on };
contextBridge.exposeInMainWorld('poppy', bridge);
