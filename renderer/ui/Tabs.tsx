import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components';

/** A page behind a tab. */
export type TabPage = { readonly key: string; readonly label: string; readonly page: ReactNode };

type TabsProps = {
  readonly label: string;
  readonly current: string;
  readonly onChange: (key: string) => void;
  readonly pages: readonly TabPage[];
};

/** Pages behind tabs that stand in a column. */
export function Tabs({ label, current, onChange, pages }: TabsProps) {
  return (
    <AriaTabs
      className="tabs"
      orientation="vertical"
      selectedKey={current}
      onSelectionChange={(key) => onChange(String(key))}
    >
      <TabList className="tab-list" aria-label={label}>
        {pages.map(({ key, label }) => (
          <Tab key={key} id={key} className="tab">
            {label}
          </Tab>
        ))}
      </TabList>
      {pages.map(({ key, page }) => (
        <TabPanel key={key} id={key} className="tab-page">
          {page}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
