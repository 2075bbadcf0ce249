import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './Button.tsx';
import { classes } from './class-names.ts';
import { scrollsByKeys } from './keyboard-scroll.ts';

type DialogProps = {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly closeLabel: string;
  readonly children: ReactNode;
  /** Buttons at the foot, the answer last. */
  readonly foot?: ReactNode;
  readonly size?: 'small' | 'normal' | 'large';
  /** An alert is read out at once and wants an answer. */
  readonly isAlert?: boolean;
};

/** A sheet over the window. */
export function Dialog(props: DialogProps) {
  const { title, isOpen, onClose, closeLabel, children, foot, size = 'normal', isAlert = false } = props;
  return (
    <ModalOverlay
      className="dialog-back"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Modal className={classes('dialog-frame', `dialog-${size}`)}>
        <AriaDialog className="dialog" role={isAlert ? 'alertdialog' : 'dialog'}>
          <header className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            <IconButton label={closeLabel} icon={<X size={18} />} onPress={onClose} />
          </header>
          <div className="dialog-body" ref={scrollsByKeys}>
            {children}
          </div>
          {foot !== undefined && <footer className="dialog-foot">{foot}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
