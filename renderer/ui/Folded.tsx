import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';

type FoldedProps = { readonly title: string; readonly children: ReactNode; readonly isOpenAtFirst?: boolean };

/** Something most people need not see, one press away. */
export function Folded({ title, children, isOpenAtFirst = false }: FoldedProps) {
  return (
    <Disclosure className="folded" defaultExpanded={isOpenAtFirst}>
      <Heading className="folded-head" level={3}>
        <Button slot="trigger" className="folded-button">
          <ChevronRight size={14} aria-hidden="true" className="folded-arrow" />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className="folded-panel">{children}</DisclosurePanel>
    </Disclosure>
  );
}
