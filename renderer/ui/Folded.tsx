import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';

type FoldedProps = {
  readonly title: string;
  readonly children: ReactNode;
  readonly isOpenAtFirst?: boolean;
  /** Level of its heading in the page. */
  readonly level?: 2 | 3;
};

/** Something most people need not see, one press away. */
export function Folded({ title, children, isOpenAtFirst = false, level = 3 }: FoldedProps) {
  return (
    <Disclosure className="folded" defaultExpanded={isOpenAtFirst}>
      <Heading className="folded-head" level={level}>
        <Button slot="trigger" className="folded-button">
          <ChevronRight size={14} aria-hidden="true" className="folded-arrow" />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className="folded-panel">{children}</DisclosurePanel>
    </Disclosure>
  );
}
