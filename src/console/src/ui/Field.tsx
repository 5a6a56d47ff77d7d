import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from 'react'
import { Icon } from './Icon'

interface FieldProps {
  label: string
  hint?: ReactNode
  /** What is wrong with what is in it. */
  error?: string | null
  /** The control, given the attributes that tie it to its label, its hint and its error. */
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode
}

/** A control with its label, what to know about it, and what is wrong. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p className="field__error" id={`${id}-error`} role="alert">
          <Icon name="failed" size={16} /> {error}
        </p>
      )}
      {hint && (
        <p className="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

type TextFieldProps = Omit<FieldProps, 'children'> &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'autoFocus'> & {
    value: string
    onChange: (value: string) => void
    /** Within a dialog: where one begins to type. */
    first?: boolean
    ref?: Ref<HTMLInputElement>
  }

export function TextField({ label, hint, error, value, onChange, first, ...others }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          className="input"
          type="text"
          autoComplete="off"
          spellCheck={false}
          data-autofocus={first || undefined}
          {...others}
          {...control}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
