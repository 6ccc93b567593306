# frozen_string_literal: true

require 'minitest'
require_relative 'redgreen_report'

# Runs Minitest files and reports the run while it is in progress: `redgreen_minitest.rb [FILE ...]`. Without files, runs all.
class RedgreenMinitest < Minitest::AbstractReporter
  REPORT = RedgreenReport.new
  FILES = {}

  def prerecord(klass, name)
    REPORT.write(ev: 'test-start', **locate(klass, name))
  end

  def record(result)
    klass = Minitest::Runnable.runnables.find { |one| one.to_s == result.klass }
    location = locate(klass, result.name, result.klass, result)
    failure = result.failures.reject { |one| one.is_a?(Minitest::Skip) }.first
    if result.skipped? && failure.nil?
      REPORT.write(ev: 'test', state: 'skipped', **location)
    elsif failure.nil?
      REPORT.write(ev: 'test', state: 'passed', **location)
    else
      error = failure.is_a?(Minitest::UnexpectedError) ? failure.error : failure
      REPORT.write(ev: 'test', state: 'failed', reason: reason_of(failure),
                 message: RedgreenReport.message_of(error), **location)
    end
  end

  private

  def locate(klass, name, class_name = klass.to_s, result = nil)
    file = result&.source_location&.first
    file = klass.instance_method(name).source_location.first if (file.nil? || file == 'unknown') && klass
    file = File.expand_path(file.to_s)
    file = FILES.fetch(class_name, file)
    full = [*class_name.split('::'), name].map { |part| RedgreenReport.clean(part) }.join(' > ')
    { file: file, key: full, name: full }
  end

  def reason_of(failure)
    return 'assertion' unless failure.is_a?(Minitest::UnexpectedError)

    failure.error.class.ancestors.map(&:to_s).include?('Timeout::Error') ? 'timeout' : 'error'
  end

  # Loads the files one by one, so that a load error can be assigned to its file.
  def self.load_all(files)
    files.to_h do |file|
      before = Minitest::Runnable.runnables.dup
      errors = begin
        require file
        []
      rescue Exception => e # rubocop:disable Lint/RescueException
        raise if e.is_a?(Interrupt) || e.is_a?(SignalException)

        warn e.full_message(highlight: false)
        [RedgreenReport.message_of(e)]
      end
      (Minitest::Runnable.runnables - before).each { |klass| FILES[klass.to_s] = file }
      [file, errors]
    end
  end

  def self.requested_names
    names = ENV.delete('REDGREEN_NAMES')
    names.nil? ? nil : JSON.parse(names)
  end

  def self.main
    requested = requested_names
    REPORT.write(ev: 'run-start', runner: 'minitest', version: Minitest::VERSION)
    # Prevents `minitest/autorun` from running the tests a second time when the process exits.
    Minitest.class_variable_set(:@@installed_at_exit, true)
    files = ARGV.empty? ? Dir.glob('test/**/{test_*,*_test}.rb').sort : ARGV.dup
    load_errors = load_all(files.map { |file| File.expand_path(file) })
    ok = Minitest.run(arguments(requested))
    load_errors.each { |file, errors| REPORT.write(ev: 'file-end', file: file, errors: errors) }
    REPORT.write(ev: 'run-end', unhandled: [])
    exit!(ok && load_errors.values.all?(&:empty?) ? 0 : 1)
  end

  # The characters that `cleanName` in names.ts replaces by one space.
  SPACE = "[[:space:][:cntrl:]\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"

  def self.pattern_of(part)
    part.split(' ').map { |word| Regexp.escape(word) }.join(SPACE)
  end

  def self.arguments(requested)
    options = ['--verbose', '--seed', '1']
    return options if requested.nil?

    patterns = requested.map { |name| name.split(' > ').map { |part| pattern_of(part) }.join("(?:::|#|#{SPACE}>#{SPACE})") }
    [*options, '--name', "/\\A(?:#{patterns.join('|')})\\z/"]
  end
end

module Minitest
  def self.plugin_redgreen_init(_options)
    reporter << RedgreenMinitest.new
  end
end
Minitest.extensions << 'redgreen'
$LOAD_PATH.unshift(File.expand_path('test'), File.expand_path('lib'))
RedgreenMinitest.main
