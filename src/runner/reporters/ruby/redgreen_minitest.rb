# frozen_string_literal: true

require 'minitest'
require_relative 'redgreen_report'

# Runs Minitest files and tells what it runs, while it runs it: `redgreen_minitest.rb FILE ...`.
class RedgreenMinitest < Minitest::AbstractReporter
  REPORT = RedgreenReport.new
  FILES = {}

  def prerecord(klass, name)
    REPORT.put(ev: 'test-start', **place_of(klass, name))
  end

  def record(result)
    klass = Minitest::Runnable.runnables.find { |one| one.to_s == result.klass }
    place = place_of(klass, result.name, result.klass, result)
    failure = result.failures.reject { |one| one.is_a?(Minitest::Skip) }.first
    if result.skipped? && failure.nil?
      REPORT.put(ev: 'test', state: 'skipped', **place)
    elsif failure.nil?
      REPORT.put(ev: 'test', state: 'passed', **place)
    else
      error = failure.is_a?(Minitest::UnexpectedError) ? failure.error : failure
      REPORT.put(ev: 'test', state: 'failed', reason: reason_of(failure),
                 message: RedgreenReport.message_of(error), **place)
    end
  end

  private

  def place_of(klass, name, class_name = klass.to_s, result = nil)
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

  # Loads each file by itself, so that one which breaks is known by name.
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

  def self.wanted
    names = ENV.delete('REDGREEN_NAMES')
    names.nil? ? nil : JSON.parse(names)
  end

  def self.main
    wanted = self.wanted
    REPORT.put(ev: 'run-start', runner: 'minitest', version: Minitest::VERSION)
    # We run the tests; a file that asks for them at its end would run them twice.
    Minitest.class_variable_set(:@@installed_at_exit, true)
    files = ARGV.empty? ? Dir.glob('test/**/{test_*,*_test}.rb').sort : ARGV.dup
    ended = load_all(files.map { |file| File.expand_path(file) })
    ok = Minitest.run(arguments(wanted))
    ended.each { |file, errors| REPORT.put(ev: 'file-end', file: file, errors: errors) }
    REPORT.put(ev: 'run-end', unhandled: [])
    exit!(ok && ended.values.all?(&:empty?) ? 0 : 1)
  end

  # What names.ts turns into one space.
  BLANK = "[[:space:][:cntrl:]\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"

  def self.pattern_of(part)
    part.split(' ').map { |word| Regexp.escape(word) }.join(BLANK)
  end

  def self.arguments(wanted)
    order = ['--verbose', '--seed', '1']
    return order if wanted.nil?

    own = wanted.map { |name| name.split(' > ').map { |part| pattern_of(part) }.join("(?:::|#|#{BLANK}>#{BLANK})") }
    [*order, '--name', "/\\A(?:#{own.join('|')})\\z/"]
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
