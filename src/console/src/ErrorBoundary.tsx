import { Component, type ReactNode } from 'react'
import { asProblem, type Problem } from './api'
import { Failed } from './ui'

/** Keeps the rest of the console when a page fails. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { problem: Problem | null }> {
  state = { problem: null as Problem | null }

  static getDerivedStateFromError(error: unknown) {
    return { problem: asProblem(error) }
  }

  render() {
    if (!this.state.problem) return this.props.children
    return (
      <Failed
        what="This page has failed"
        problem={this.state.problem}
        onRetry={() => this.setState({ problem: null })}
      />
    )
  }
}
