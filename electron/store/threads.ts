import { baseSubject } from './index/text-keys.ts';

/** What the tree of a thread is made from. */
export type ThreadInput = {
  readonly id: number;
  readonly messageId: string | null;
  /** Oldest first; the last one is the direct parent. In-Reply-To belongs at the end where there is no References. */
  readonly references: readonly string[];
  readonly subject: string;
  readonly sentAt: number;
};

/** A message in the tree; `id` is null for a message that others refer to and that is not here. */
export type ThreadNode = { readonly id: number | null; readonly children: readonly ThreadNode[] };

type Container = {
  message: ThreadInput | null;
  parent: Container | null;
  children: Set<Container>;
};

/** References beyond these say nothing more: the first is the root, the last ones the nearest relatives. */
const mostReferences = 200;

function isAncestor(candidate: Container, of: Container): boolean {
  for (let at: Container | null = of; at !== null; at = at.parent) if (at === candidate) return true;
  return false;
}

function setParent(child: Container, parent: Container): void {
  // A loop in References (or a forged one) would make both unreachable.
  if (isAncestor(child, parent)) return;
  child.parent?.children.delete(child);
  child.parent = parent;
  parent.children.add(child);
}

function buildContainers(messages: readonly ThreadInput[]): Container[] {
  const byId = new Map<string, Container>();
  const all: Container[] = [];
  const make = (message: ThreadInput | null): Container => {
    const container: Container = { message, parent: null, children: new Set() };
    all.push(container);
    return container;
  };
  const containerOf = (id: string): Container => {
    const known = byId.get(id) ?? make(null);
    byId.set(id, known);
    return known;
  };
  for (const message of messages) {
    const own = message.messageId === null ? make(null) : containerOf(message.messageId);
    // Two messages with one Message-ID: the second stands for itself.
    const container = own.message === null ? own : make(null);
    container.message = message;
    const { references } = message;
    const chain =
      references.length > mostReferences
        ? [...references.slice(0, 1), ...references.slice(-mostReferences)]
        : references;
    let previous: Container | null = null;
    for (const reference of chain) {
      const next = containerOf(reference);
      if (previous !== null && next.parent === null) setParent(next, previous);
      previous = next;
    }
    if (previous !== null && previous !== container) setParent(container, previous);
  }
  return all.filter((container) => container.parent === null);
}

/** Leaves out containers without a message: their children take their place, except several at the top. */
function prune(roots: readonly Container[]): ThreadNode[] {
  const done = new Map<Container, ThreadNode[]>();
  const work: { container: Container; isOpened: boolean }[] = roots.map((container) => ({
    container,
    isOpened: false,
  }));
  // Iterative: a chain of 100,000 replies must not be a stack of 100,000 calls.
  while (work.length > 0) {
    const top = work[work.length - 1];
    if (top === undefined) break;
    if (!top.isOpened) {
      top.isOpened = true;
      for (const container of top.container.children) work.push({ container, isOpened: false });
      continue;
    }
    work.pop();
    const { container } = top;
    const children = [...container.children].flatMap((child) => done.get(child) ?? []);
    const isRoot = container.parent === null;
    if (container.message !== null) done.set(container, [{ id: container.message.id, children }]);
    else if (children.length > 1 && isRoot) done.set(container, [{ id: null, children }]);
    else done.set(container, children);
  }
  return roots.flatMap((root) => done.get(root) ?? []);
}

function firstMessage(node: ThreadNode, byId: ReadonlyMap<number, ThreadInput>): ThreadInput | null {
  for (let at: ThreadNode | undefined = node; at !== undefined; at = at.children[0])
    if (at.id !== null) return byId.get(at.id) ?? null;
  return null;
}

/** Joins roots of one subject where one of them is a reply; the last resort for mail without references. */
function groupBySubject(roots: readonly ThreadNode[], byId: ReadonlyMap<number, ThreadInput>): ThreadNode[] {
  const bySubject = new Map<string, { node: ThreadNode; isReply: boolean }>();
  const grouped: ThreadNode[] = [];
  const late: { node: ThreadNode; base: string }[] = [];
  for (const node of roots) {
    const { base, isReply } = baseSubject(firstMessage(node, byId)?.subject ?? '');
    const known = bySubject.get(base);
    if (base === '') grouped.push(node);
    else if (known === undefined || (known.isReply && !isReply)) {
      if (known !== undefined) late.push({ node: known.node, base });
      bySubject.set(base, { node, isReply });
    } else if (isReply) late.push({ node, base });
    else grouped.push(node);
  }
  const joined = new Map<string, ThreadNode[]>();
  for (const { node, base } of late) joined.set(base, [...(joined.get(base) ?? []), node]);
  for (const [base, { node }] of bySubject)
    grouped.push({ id: node.id, children: [...node.children, ...(joined.get(base) ?? [])] });
  return grouped;
}

/** Builds the trees of messages by the JWZ algorithm; any number of references, with loops or without. */
export function buildThreads(messages: readonly ThreadInput[]): ThreadNode[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const oldestFirst = [...messages].sort((a, b) => a.sentAt - b.sentAt || a.id - b.id);
  return groupBySubject(prune(buildContainers(oldestFirst)), byId);
}
