# frozen_string_literal: true

require 'rspec/core'
require_relative 'redgreen_report'

# Tells what RSpec runs, while it runs it. Loaded with `--require` and `--format RedgreenRspec`.
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
    @broken = {}
    @loose = []
    REPORT.put(ev: 'run-start', runner: 'rspec', version: RSpec::Core::Version::STRING)
  end

  def start(_notification); end

  def example_started(notification)
    place = place_of(notification.example)
    REPORT.put(ev: 'test-start', **place)
  end

  def example_passed(notification)
    REPORT.put(ev: 'test', state: 'passed', **place_of(notification.example))
  end

  def example_pending(notification)
    REPORT.put(ev: 'test', state: 'skipped', **place_of(notification.example))
  end

  def example_failed(notification)
    example = notification.example
    error = example.execution_result.exception
    REPORT.put(ev: 'test', state: 'failed', reason: reason_of(error),
               message: RedgreenReport.message_of(error), **place_of(example))
  end

  # Errors outside of examples are told in words only.
  def message(notification)
    text = RedgreenReport.clean(notification.message).strip
    if (found = LOAD_ERROR.match(text.lines.first.to_s.strip))
      file = File.expand_path(found[1])
      (@broken[file] ||= []) << text.lines.drop(1).map(&:strip).reject(&:empty?).reject { |line| line.start_with?('Failure/Error:', '#', '__send__') }.join("\n")[0, 4000]
    elsif text.start_with?('An error occurred')
      @loose << text.lines.map(&:strip).reject(&:empty?).join(' ')[0, 500]
    end
  end

  def close(_notification)
    (@files.keys | @broken.keys).each do |file|
      REPORT.put(ev: 'file-end', file: file, errors: @broken.fetch(file, []))
    end
    REPORT.put(ev: 'run-end', unhandled: @loose) unless stopped?
  end

  private

  # Whoever asks to quit leaves examples without a result; so does a file that could not be loaded, which is told.
  def stopped?
    RSpec.world.wants_to_quit && @broken.empty?
  end

  def place_of(example)
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
