# frozen_string_literal: true

require 'rspec/core'
require_relative 'redgreen_report'

# Reports an RSpec run while it is in progress. RSpec loads it with `--require` and `--format RedgreenRspec`.
class RedgreenRspec
  RSpec::Core::Formatters.register self, :start, :example_started, :example_passed, :example_failed,
                                   :example_pending, :message, :close

  REPORT = RedgreenReport.new
  LOAD_ERROR = /\AAn error occurred while loading (.+?)\.?\s*$/.freeze

  HOOK = %r{rspec/core/.*(?:run_before_example|run_after_example|run_before_context_hooks)}.freeze
  ASSERTIONS = %w[
    RSpec::Expectations::ExpectationNotMetError RSpec::Expectations::MultipleExpectationsNotMetError
    RSpec::Mocks::MockExpectationError Minitest::Assertion
  ].freeze

  def initialize(_output)
    @files = {}
    @load_errors = {}
    @unhandled = []
    REPORT.write(ev: 'run-start', runner: 'rspec', version: RSpec::Core::Version::STRING)
  end

  def start(_notification); end

  def example_started(notification)
    REPORT.write(ev: 'test-start', **locate(notification.example))
  end

  def example_passed(notification)
    REPORT.write(ev: 'test', state: 'passed', **locate(notification.example))
  end

  def example_pending(notification)
    REPORT.write(ev: 'test', state: 'skipped', **locate(notification.example))
  end

  def example_failed(notification)
    example = notification.example
    error = example.execution_result.exception
    REPORT.write(ev: 'test', state: 'failed', reason: reason_of(error),
               message: RedgreenReport.message_of(error), **locate(example))
  end

  # RSpec reports errors outside of examples only as printed messages.
  def message(notification)
    text = RedgreenReport.clean(notification.message).strip
    if (found = LOAD_ERROR.match(text.lines.first.to_s.strip))
      file = File.expand_path(found[1])
      (@load_errors[file] ||= []) << text.lines.drop(1).map(&:strip).reject(&:empty?).reject { |line| line.start_with?('Failure/Error:', '#', '__send__') }.join("\n")[0, 4000]
    elsif text.start_with?('An error occurred')
      @unhandled << text.lines.map(&:strip).reject(&:empty?).join(' ')[0, 500]
    end
  end

  def close(_notification)
    (@files.keys | @load_errors.keys).each do |file|
      REPORT.write(ev: 'file-end', file: file, errors: @load_errors.fetch(file, []))
    end
    REPORT.write(ev: 'run-end', unhandled: @unhandled) unless stopped?
  end

  private

  # Did RSpec stop before all examples had a result? It also stops after a load error, but then the report is complete.
  def stopped?
    RSpec.world.wants_to_quit && @load_errors.empty?
  end

  def locate(example)
    file = File.expand_path(example.metadata[:absolute_file_path] || example.file_path)
    file = File.expand_path(example.metadata[:rerun_file_path]) if example.metadata[:rerun_file_path]
    @files[file] = true
    groups = example.example_group.parent_groups.reverse.map(&:description)
    name = [*groups, example.description].map { |part| RedgreenReport.clean(part) }.join(' > ')
    { file: file, key: example.id, name: name }
  end

  def reason_of(error)
    return 'hook' if (error.backtrace || []).any? { |line| line.match?(HOOK) }

    names = error.class.ancestors.map(&:to_s)
    return 'assertion' if (names & ASSERTIONS).any?
    names.include?('Timeout::Error') ? 'timeout' : 'error'
  end
end
