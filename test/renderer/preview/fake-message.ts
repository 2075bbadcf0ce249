import type { MessageSummary } from '../../../shared/message.ts';
import type { AttachmentView, MessageView } from '../../../shared/message-view.ts';

function attachment(part: string, name: string, type: string, sizeBytes: number): AttachmentView {
  const canOpen = !name.endsWith('.exe');
  return {
    part,
    name,
    type,
    sizeBytes,
    sha256: '0'.repeat(64),
    contentId: null,
    isInline: false,
    canOpen,
    saveOnlyReason: canOpen ? null : 'program',
    preview: type.startsWith('image/') ? 'image' : type === 'application/pdf' ? 'pdf' : null,
  };
}

/** A page that stands for a cleaned body. */
export function bodyPage(words: string, isDark: boolean): string {
  const colors = isDark ? 'background:#2c2623;color:#f2eae4' : 'background:#fff;color:#222';
  const long = 'Half past six at the old post office would suit me well. '.repeat(40);
  const page = `<!doctype html><html lang="en"><title>body</title><body style="margin:20px 24px;font:15px/1.6 system-ui;${colors}"><p>${words}</p><p>Здравствуйте, Ольга!</p><p>${long}</p></body></html>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(page)}`;
}

/** Everything around a body; what there is to say depends on the message's number. */
export function messageViewOf(summary: MessageSummary, isDark: boolean): MessageView {
  const { id } = summary;
  return {
    summary,
    from: [summary.from],
    sender: null,
    replyTo: [],
    to: summary.to,
    cc: id % 3 === 0 ? [{ name: 'Theo', address: 'theo@example.org' }] : [],
    dateProblem: summary.sentAt === null ? 'unreadable' : null,
    bodyUrl: bodyPage(summary.preview, isDark),
    found: 0,
    shows: 'html',
    hasHtml: true,
    hasText: true,
    attachments: [
      attachment('2', 'расписание на декабрь.pdf', 'application/pdf', 182_000),
      attachment('3', 'photo.jpg', 'image/jpeg', 2_400_000),
      attachment('4', 'setup.exe', 'application/x-msdownload', 700_000),
    ].slice(0, summary.attachmentCount),
    remote: { blocked: id % 2 === 0 ? 4 : 0, hosts: ['images.example.com'], isAllowed: false },
    warnings: id % 5 === 0 ? [{ code: 'reply-to-elsewhere', detail: 'someone@else.example' }] : [],
    authentication: {
      verdict: id % 4 === 0 ? 'failed' : 'confirmed',
      domain: 'example.org',
      results: [
        { method: 'spf', result: 'pass' },
        { method: 'dkim', result: id % 4 === 0 ? 'fail' : 'pass' },
      ],
    },
    charset: { used: 'koi8-r', chosen: null },
    invitation: null,
    protection: null,
    piece: null,
    isOnServer: true,
  };
}
